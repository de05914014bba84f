import { ChurnModel, type FeatureEffect, trainChurnModel } from '../../domain/churn/churn-model.ts';
import { activeFor, trainingMoments } from '../../domain/churn/churn-schedule.ts';
import type { ChurnExample } from '../../domain/churn/customer-history.ts';
import { type ChurnFigures, judgeChurn, judgedOf } from '../../domain/churn/judge-churn.ts';
import { type CustomerOrder, churnExamples } from '../../domain/churn/transaction-log.ts';
import { type ReliabilityBin, reliability } from '../../domain/statistics/classification.ts';
import type { Micros } from '../../domain/time/micros.ts';
import { LogError } from './read-log.ts';

export interface ChurnEvaluation {
  asOf: Micros;
  trained: number;
  kind: string;
  /** All customers who were active; of them, those with a second order; and BG/NBD alone on all. */
  all: ChurnFigures;
  repeaters: ChurnFigures;
  bgNbd: ChurnFigures;
  bins: readonly ReliabilityBin[];
  effects: readonly FeatureEffect[];
}

/**
 * Trains on what was known by `asOf`, as the processor does each week, and judges on the horizon after it. Nothing of that
 * is seen in training.
 *
 * @param onlyActive leaves out who had not ordered for four horizons, as the processor does
 * @throws {LogError} when there is nothing to learn from, or nothing to judge on
 */
export function evaluateChurn(
  orders: readonly CustomerOrder[],
  { asOf, horizon, onlyActive }: { asOf: Micros; horizon: Micros; onlyActive: boolean },
): ChurnEvaluation {
  const at = (moment: Micros): ChurnExample[] =>
    churnExamples(orders, moment, horizon).filter(
      ({ history }) => !onlyActive || history.lastAt > moment - activeFor(horizon),
    );
  const training = trainingMoments(asOf, horizon).flatMap(at);
  const judged = at(asOf);
  const model = trainChurnModel(training, horizon);
  const all = judgeChurn(model, judged);
  if (training.length === 0 || all.auc === null) {
    throw new LogError(
      `${training.length} customers to learn from and ${all.judged} to judge, of whom ${all.churned} churned: the log has to begin at least two horizons before its end; try a shorter --horizon`,
    );
  }
  return {
    asOf,
    trained: training.length,
    kind: model.kind,
    all,
    repeaters: judgeChurn(
      model,
      judged.filter(({ history }) => history.orders > 1),
    ),
    bgNbd: judgeChurn(new ChurnModel({ ...model.state, logistic: null }), judged),
    bins: reliability(judgedOf(judged, ({ history }) => model.probability(history, asOf))),
    effects: model.effects(),
  };
}
