import type { Verdict } from '../detection/verdict.ts';
import type { Micros } from '../time/micros.ts';

/** A look goes back so many steps: long enough to tell small changes from noise, short enough to be of now. */
export const LOOK_STEPS = 6;

/** Observed, expected, and the standard deviation that one step has around what is expected. */
export type LookedAt = readonly [observed: number, expected: number, sigma: number];

/** What a series has shown in the last steps. Plain data: it is stored as JSON. */
export interface Look {
  seriesKey: string;
  /** Start of the last step. */
  at: Micros;
  recent: readonly LookedAt[];
  /** The detector's own deviation in the last step, over `window` steps. */
  deviation: number;
  window: number;
  /** Of what an incident is about: when it was worst. */
  worst?: LookSummary;
}

/** What the ends of a detector's band are, in standard deviations. */
const BAND_SIGMAS = 3;

/** Adds a verdict. One without figures, or of a step that was looked at already, changes nothing. */
export function lookAt(before: Look | undefined, seriesKey: string, verdict: Verdict): Look | undefined {
  const { at, observed, expected, low, high } = verdict;
  if (observed === null || expected === null || low === null || high === null) return before;
  if (before !== undefined && before.at >= at) return before;
  // Below, a count or a rate ends at 0, however much it scatters: the wider side is how much.
  const sigma = Math.max(expected - low, high - expected) / BAND_SIGMAS;
  const step = [rounded(observed), rounded(expected), rounded(sigma)] as const;
  const recent = [...(before?.recent ?? []), step].slice(-LOOK_STEPS);
  return { seriesKey, at, recent, deviation: rounded(verdict.deviation), window: verdict.steps };
}

/** Five digits are more than anybody reads, and a third of the bytes. */
function rounded(value: number): number {
  return Number(value.toPrecision(5));
}

export interface LookSummary {
  /** Means over the steps looked at. */
  observed: number;
  expected: number;
  /** In standard deviations of all steps together, positive above what was expected. */
  z: number;
  /** Standard deviation of the mean. */
  sigma: number;
  steps: number;
}

/**
 * All steps of a look together: the sum of the deviations over the root of the sum of their variances. Where the detector
 * deviates over more steps than were looked at, it knows more, and its word is taken.
 *
 * @param regular a step scatters by no more than this share of what is expected
 */
export function summarise(
  { recent, deviation, window }: Look,
  regular = Number.POSITIVE_INFINITY,
): LookSummary {
  const steps = recent.length;
  let observed = 0;
  let expected = 0;
  let variance = 0;
  for (const [seen, usual, sigma] of recent) {
    observed += seen / steps;
    expected += usual / steps;
    variance += (Math.min(sigma, regular * usual) / steps) ** 2;
  }
  const sigma = Math.max(Math.sqrt(variance), 1e-9 + Math.abs(expected) * 1e-3);
  const pooled = (observed - expected) / sigma;
  const knowsMore = window > steps && Math.abs(deviation) > Math.abs(pooled);
  return { observed, expected, z: knowsMore ? deviation : pooled, sigma, steps };
}
