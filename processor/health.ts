import type { Micros } from '../domain/time/micros.ts';

/**
 * What readiness is made of. Each part says what is wrong with it, or that nothing is; liveness asks none of them, for
 * restarting this process mends no database.
 */
export class ProcessorHealth {
  private readonly problems = new Map<string, string>([['consumer', 'has not joined its group yet']]);
  /** Latest event time committed by this instance. */
  watermark: Micros | null = null;

  /** @param problem what is wrong, null when all is well again */
  report(part: string, problem: string | null): void {
    if (problem === null) this.problems.delete(part);
    else this.problems.set(part, problem);
  }

  get current(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.problems);
  }

  advanceWatermark(at: Micros | null): void {
    if (at !== null && (this.watermark === null || at > this.watermark)) this.watermark = at;
  }
}
