import { DAY, type Micros } from '../../domain/time/micros.ts';

/** While the clock is slow enough to be followed, watermarks come about so often, in real milliseconds. */
const EVERY_REAL_MS = 2_000;

/**
 * When to say how far event time has come: at each simulated day, and in between about every two seconds for those who
 * watch a slow replay.
 */
export class WatermarkSchedule {
  #said: Micros;
  #saidAtMs: number;

  /** @param first what was said at the start */
  constructor(first: Micros, realMs: number) {
    this.#said = first;
    this.#saidAtMs = realMs;
  }

  /** What to say before an event of this time is published; null: nothing. */
  before(at: Micros): Micros | null {
    const day = Math.floor(at / DAY) * DAY;
    return day > this.#said ? day : null;
  }

  /** What to say while nothing is due, the clock being at `now`; null: nothing. */
  whileIdle(now: Micros, realMs: number): Micros | null {
    const day = this.before(now);
    if (day !== null) return day;
    return now > this.#said && realMs - this.#saidAtMs >= EVERY_REAL_MS ? now : null;
  }

  said(at: Micros, realMs: number): void {
    this.#said = Math.max(this.#said, at);
    this.#saidAtMs = realMs;
  }

  /** Whether `at` says more than what was said. */
  isNews(at: Micros): boolean {
    return at > this.#said;
  }
}
