import type { Micros } from '../../domain/time/micros.ts';
import { type BackoffOptions, backoffMs } from '../../platform/errors/backoff.ts';

/** When to try again after `attempt` failures in a row, in whole microseconds. */
export function backOff(
  now: Micros,
  attempt: number,
  options: BackoffOptions,
  random: () => number = Math.random,
): Micros {
  return now + Math.round(backoffMs(attempt, options, random) * 1000);
}
