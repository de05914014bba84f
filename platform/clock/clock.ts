import type { Micros } from '../../domain/time/micros.ts';

/** The wall clock, injected so that tests and replays can have their own. */
export interface Clock {
  /** Now, in microseconds since the epoch. */
  now(): Micros;
}

/** The machine's clock: milliseconds, as fine as JavaScript has it. */
export const systemClock: Clock = { now: () => Date.now() * 1000 };
