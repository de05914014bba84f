import { type Micros, SECOND } from '../../domain/time/micros.ts';
import { backOff } from './back-off.ts';
import { TokenBucket } from './token-bucket.ts';

/** How long a channel that takes no messages is left alone. */
const CLOSED_FOR: Micros = 60 * SECOND;
/** Each call that ends so may have left a message in Slack, and has to be looked for. */
const UNKNOWN_BACKOFF = { firstMs: 500, longestMs: 60_000 };
const BUSY_BACKOFF = { firstMs: 500, longestMs: 15_000 };
/** Slack lets short bursts pass. */
const BURST_SECONDS = 3;

/** One channel, as configured, with its own pace: what happens to it slows no other down. */
export class Channel {
  readonly target: string;
  readonly bucket: TokenBucket;
  /** Messages posted since the last post in a thread. */
  sinceReply = 0;
  /** What Slack said when it was closed. */
  closedBy = '';
  private closedUntil: Micros = Number.NEGATIVE_INFINITY;
  private failures = 0;
  private awayUntil: Micros = Number.NEGATIVE_INFINITY;

  constructor(target: string, postsPerSecond: number) {
    this.target = target;
    this.bucket = new TokenBucket({ perSecond: postsPerSecond, burst: postsPerSecond * BURST_SECONDS });
  }

  /** It takes no messages: archived, gone, or not ours to write to. */
  close(now: Micros, error: string): void {
    this.closedUntil = now + CLOSED_FOR;
    this.closedBy = error;
  }

  isClosed(now: Micros): boolean {
    return now < this.closedUntil;
  }

  /** It took a message. */
  open(): void {
    this.closedUntil = Number.NEGATIVE_INFINITY;
  }

  /** Slack is there; true when it was not before. */
  answered(): boolean {
    const wasAway = this.failures > 0;
    this.failures = 0;
    this.awayUntil = Number.NEGATIVE_INFINITY;
    return wasAway;
  }

  /** Slack is away: ever longer pauses, so that few messages become uncertain. */
  failed(now: Micros, how: 'unknown' | 'busy'): void {
    this.failures += 1;
    this.awayUntil = backOff(now, this.failures, how === 'unknown' ? UNKNOWN_BACKOFF : BUSY_BACKOFF);
  }

  isAway(now: Micros): boolean {
    return now < this.awayUntil;
  }
}

/**
 * Who goes next, the lower rank first: a critical message, another message, a post in a thread. Critical messages come
 * before all, but every fourth turn is a thread's; other messages take turns with threads.
 */
export function turnRanks(sinceReply: number): { critical: number; other: number; reply: number } {
  if (sinceReply >= 3) return { critical: 1, other: 2, reply: 0 };
  return sinceReply >= 1 ? { critical: 0, other: 2, reply: 1 } : { critical: 0, other: 1, reply: 2 };
}
