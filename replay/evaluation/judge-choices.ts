import { bootstrapInterval, type Interval } from '../../domain/statistics/bootstrap.ts';
import { median } from './judge-durations.ts';
import type { Choice } from './seller-choice.ts';

/** Days from approval to delivery. */
export interface ChoiceReport {
  /** Delivered orders that another seller could have served, and how many of them went to the recommended one. */
  orders: number;
  followed: number;
  /** Means over all of them. */
  actual: number;
  expected: number;
  expectedOfRecommended: number;
  /** Mean of what the recommended seller is expected to save. */
  saving: number;
  savingInterval: Interval;
  /** Median error of what was expected of the seller the order went to. */
  medianError: number;
  /** Mean of actual less expected, where the recommended seller had it and where another did. */
  surpriseFollowed: number;
  surpriseOther: number;
}

const DAY_SECONDS = 86_400;

export function judgeChoices(choices: readonly Choice[]): ChoiceReport {
  const delivered = choices.flatMap((choice) =>
    choice.seconds === null
      ? []
      : [
          {
            followed: choice.followed,
            actual: choice.seconds / DAY_SECONDS,
            expected: choice.expectedSeconds / DAY_SECONDS,
            best: choice.expectedOfRecommended / DAY_SECONDS,
          },
        ],
  );
  const savings = delivered.map(({ expected, best }) => expected - best);
  const surprise = (followed: boolean) =>
    mean(delivered.filter((one) => one.followed === followed).map((one) => one.actual - one.expected));
  return {
    orders: delivered.length,
    followed: delivered.filter(({ followed }) => followed).length,
    actual: mean(delivered.map(({ actual }) => actual)),
    expected: mean(delivered.map(({ expected }) => expected)),
    expectedOfRecommended: mean(delivered.map(({ best }) => best)),
    saving: mean(savings),
    savingInterval: bootstrapInterval(savings, mean),
    medianError: median(delivered.map(({ actual, expected }) => Math.abs(actual - expected))),
    surpriseFollowed: surprise(true),
    surpriseOther: surprise(false),
  };
}

/** Not a number when there are none. */
function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
