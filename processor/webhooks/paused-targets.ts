import { type BackoffOptions, backoffMs } from '../../platform/errors/backoff.ts';

/**
 * Targets that do not answer, and until when they are left alone: a thousand webhooks to one that is away must not keep
 * those to another waiting, nor fall upon it all at once when it is back.
 */
export class PausedTargets {
  private readonly paused = new Map<string, { failures: number; untilMs: number }>();
  private readonly backoff: BackoffOptions;
  private readonly random: () => number;

  constructor(backoff: BackoffOptions, random: () => number) {
    this.backoff = backoff;
    this.random = random;
  }

  /** @param atLeastMs what the receiver asked for */
  pause(target: string, nowMs: number, atLeastMs: number): void {
    const known = this.paused.get(target);
    // Those sent at the same time fail together: that is one failure.
    const failures = known === undefined ? 1 : nowMs >= known.untilMs ? known.failures + 1 : known.failures;
    const waitMs = Math.max(atLeastMs, backoffMs(failures, this.backoff, this.random));
    this.paused.set(target, { failures, untilMs: Math.max(known?.untilMs ?? 0, nowMs + waitMs) });
  }

  forget(target: string): void {
    this.paused.delete(target);
  }

  at(nowMs: number): string[] {
    return [...this.paused].filter(([, { untilMs }]) => nowMs < untilMs).map(([target]) => target);
  }
}
