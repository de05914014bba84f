import { tmpdir } from 'node:os';
import type { Micros } from '../../domain/time/micros.ts';
import { milestonesOf } from '../milestones.ts';
import type { History } from '../read-history.ts';
import { type ChoiceReport, judgeChoices } from './judge-choices.ts';
import { type DurationReport, judgeDurations } from './judge-durations.ts';
import { judgeLateness, type LatenessReport } from './judge-lateness.ts';
import { PredictionLog } from './prediction-log.ts';
import { SellerChoice } from './seller-choice.ts';

export interface EvaluationOptions {
  /** Orders created before are for training, the others are judged. */
  trainUntil: Micros;
  cacheDir?: string;
}

export interface Evaluation {
  milestones: number;
  /** Delivered orders before and after the end of the training period. */
  trained: number;
  judged: number;
  lateness: LatenessReport[];
  durations: DurationReport[];
  choices: ChoiceReport;
}

/** Nothing can be judged; the message says why and what to do. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
}

/**
 * Shows the milestones of a history to the models, as the processor does, and judges what they said of orders that were
 * created at or after the end of the training period and delivered in the end.
 *
 * @throws {EvaluationError} when there are no such orders, or none of them was late
 */
export async function evaluate(
  history: History,
  { trainUntil, cacheDir }: EvaluationOptions,
): Promise<Evaluation> {
  const log = new PredictionLog(trainUntil);
  const choice = new SellerChoice(log.routes);
  let milestones = 0;
  for await (const milestone of milestonesOf(history, { cacheDir: cacheDir ?? tmpdir() })) {
    milestones += 1;
    choice.observe(milestone);
    log.observe(milestone);
  }
  const isJudged = (createdAt: Micros | null) => createdAt !== null && createdAt >= trainUntil;
  const at = (moment: string) =>
    log.outcomes.filter((outcome) => outcome.moment === moment && isJudged(outcome.order.createdAt));
  const [atApproval, atHandOver] = [at('APPROVAL'), at('HAND_OVER')];
  const late = atHandOver.filter((outcome) => outcome.late).length;
  if (late === 0 || late === atHandOver.length) {
    throw new EvaluationError(
      `of ${atHandOver.length} orders created after the training period and delivered, ${late} were late: there is nothing to tell apart; choose another --train-until`,
    );
  }
  return {
    milestones,
    trained: log.outcomes.filter(({ moment }) => moment === 'HAND_OVER').length - atHandOver.length,
    judged: atHandOver.length,
    lateness: [judgeLateness('approval', atApproval), judgeLateness('hand-over', atHandOver)],
    durations: [
      judgeDurations('approval to delivery', atApproval),
      judgeDurations('hand-over to delivery', atHandOver),
    ],
    choices: judgeChoices([...choice.choices.values()].filter(({ createdAt }) => isJudged(createdAt))),
  };
}
