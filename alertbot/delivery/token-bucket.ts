import { type Micros, SECOND } from '../../domain/time/micros.ts';

/** How many calls there may be: `perSecond` on average, `burst` at once after a rest. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** A token bucket that can also be told to wait. Times are given, in microseconds; one that goes back does no harm. */
export class TokenBucket {
  private readonly rate: Rate;
  private tokens: number;
  private at: Micros | null = null;
  private pausedUntil: Micros = Number.NEGATIVE_INFINITY;

  constructor(rate: Rate) {
    this.rate = { perSecond: rate.perSecond, burst: Math.max(1, rate.burst) };
    this.tokens = this.rate.burst;
  }

  /** Takes one call; false when there is none to take yet. */
  take(now: Micros): boolean {
    this.refill(now);
    if (now < this.pausedUntil || this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }

  /** A call that was taken and not made. */
  giveBack(): void {
    this.tokens = Math.min(this.rate.burst, this.tokens + 1);
  }

  /** No call before `until`, and then no burst: whoever said "wait" has counted more calls than we have. */
  pause(until: Micros): void {
    this.pausedUntil = Math.max(this.pausedUntil, until);
    this.tokens = Math.min(this.tokens, 1);
  }

  /** Milliseconds until the next call; 0: now. */
  waitMs(now: Micros): number {
    this.refill(now);
    const forTokens = Math.max(0, ((1 - this.tokens) / this.rate.perSecond) * SECOND);
    return Math.ceil(Math.max(forTokens, this.pausedUntil - now, 0) / 1000);
  }

  private refill(now: Micros): void {
    const from = Math.max(this.at ?? now, Math.min(now, this.pausedUntil));
    const elapsed = Math.max(0, now - from) / SECOND;
    this.tokens = Math.min(this.rate.burst, this.tokens + elapsed * this.rate.perSecond);
    this.at = now;
  }
}
