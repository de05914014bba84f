import type { Interval } from '../statistics/bootstrap.ts';
import { bootstrapAuc } from '../statistics/bootstrap-auc.ts';
import {
  brierScore,
  calibrationError,
  type Judged,
  reliability,
  rocAuc,
} from '../statistics/classification.ts';
import type { ChurnModel } from './churn-model.ts';
import type { ChurnExample } from './customer-history.ts';

/** How a model did on customers whose future it had not seen. */
export interface ChurnFigures {
  judged: number;
  churned: number;
  /** Null when all churned, or none. */
  auc: number | null;
  aucInterval: Interval | null;
  /** AUC of the time since the last order alone. */
  recencyAuc: number | null;
  /** Expected calibration error over ten bins. */
  ece: number;
  brier: number;
}

export function judgeChurn(model: ChurnModel, examples: readonly ChurnExample[]): ChurnFigures {
  const judged = judgedOf(examples, ({ history, asOf }) => model.probability(history, asOf));
  const recency = judgedOf(examples, ({ history, asOf }) => asOf - history.lastAt);
  const churned = judged.filter(({ happened }) => happened).length;
  const canTell = churned > 0 && churned < judged.length;
  return {
    judged: judged.length,
    churned,
    auc: canTell ? rocAuc(judged) : null,
    aucInterval: bootstrapAuc(judged),
    recencyAuc: canTell ? rocAuc(recency) : null,
    ece: calibrationError(reliability(judged)),
    brier: brierScore(judged),
  };
}

export function judgedOf(
  examples: readonly ChurnExample[],
  score: (example: ChurnExample) => number,
): Judged[] {
  return examples.map((example) => ({ score: score(example), happened: example.churned }));
}
