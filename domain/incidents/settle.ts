import type { Cause, RankedCause } from '../causes/cause.ts';

/** A cause is named when it is so probable after so many steps. */
const NAMED_FROM: readonly { steps: number; probability: number }[] = [
  { steps: 1, probability: 0.9 },
  { steps: 2, probability: 0.75 },
  { steps: 4, probability: 0.5 },
  { steps: 6, probability: 0.4 },
];

/** After so many steps nothing is as good as unknown. */
const UNKNOWN_AFTER = 6;

/**
 * A cause that was named gives way to one that is so probable, when it has become this improbable itself. Never to UNKNOWN:
 * what spoke for it fades as things get better.
 */
const REPLACED_FROM = 0.75;
const REPLACED_IN_DOUBT = 0.5;
const REPLACED_BELOW = 0.25;

/** What was unknown becomes known from this probability on. */
const KNOWN_FROM = 0.5;

/**
 * The cause to act on, or null while it is worth waiting for more. What was named stays named unless it is clearly wrong:
 * actions follow it.
 *
 * @param causes ranked
 * @param steps since the incident was opened
 * @param fits false: something came that the named cause does not do
 */
export function settle(
  before: Cause | null,
  causes: readonly RankedCause[],
  steps: number,
  fits = true,
): Cause | null {
  const first = causes[0];
  if (first === undefined) return before;
  if (before === null) {
    const isSure = NAMED_FROM.some((from) => steps >= from.steps && first.probability >= from.probability);
    return isSure ? first.cause : steps >= UNKNOWN_AFTER ? 'UNKNOWN' : null;
  }
  if (before === 'UNKNOWN') return first.probability >= KNOWN_FROM ? first.cause : before;
  const known = probabilityOf(before, causes);
  const replacedFrom = fits ? REPLACED_FROM : REPLACED_IN_DOUBT;
  const isWrong = first.probability >= replacedFrom && known < REPLACED_BELOW && first.cause !== 'UNKNOWN';
  return isWrong ? first.cause : before;
}

/** The cause of an incident that was over before one was named. */
export function lastWord(causes: readonly RankedCause[]): Cause {
  return settle(null, causes, UNKNOWN_AFTER) ?? 'UNKNOWN';
}

/**
 * What is shown of the causes: once one is named, the moment at which it was clearest, not how it fades.
 *
 * @param named the cause that is named now
 */
export function clearest(
  before: readonly RankedCause[],
  now: readonly RankedCause[],
  named: Cause | null,
): readonly RankedCause[] {
  if (named === null || before.length === 0) return now;
  return probabilityOf(named, now) >= probabilityOf(named, before) ? now : before;
}

function probabilityOf(cause: Cause, causes: readonly RankedCause[]): number {
  return causes.find((one) => one.cause === cause)?.probability ?? 0;
}
