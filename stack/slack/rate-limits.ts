export interface RateLimitOptions {
  /** Messages a second and channel, on average; null: no limit. Slack allows about 1, with short bursts. */
  postsPerSecond: number | null;
  postBurst: number;
  /** Calls of chat.update a minute; null: no limit. Tier 3 of Slack: 50 and more. */
  updatesPerMinute: number | null;
  updateBurst: number;
}

/** https://docs.slack.dev/apis/web-api/rate-limits */
export const SLACK_RATE_LIMITS: RateLimitOptions = {
  postsPerSecond: 1,
  postBurst: 5,
  updatesPerMinute: 50,
  updateBurst: 20,
};

interface Bucket {
  tokens: number;
  at: number;
}

/** One token bucket for each channel that is posted to, and one for all updates. */
export class RateLimits {
  readonly #options: RateLimitOptions;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: RateLimitOptions, now: () => number) {
    this.#options = options;
    this.#now = now;
  }

  /** Takes one call. Returns null when it may go on, else the whole seconds to wait. */
  take(method: string, channel: string | undefined): number | null {
    const { postsPerSecond, postBurst, updatesPerMinute, updateBurst } = this.#options;
    if (method === 'chat.postMessage' && postsPerSecond !== null) {
      return this.#takeFrom(`${method} ${channel}`, postsPerSecond, postBurst);
    }
    if (method === 'chat.update' && updatesPerMinute !== null) {
      return this.#takeFrom(method, updatesPerMinute / 60, updateBurst);
    }
    return null;
  }

  reset(): void {
    this.#buckets.clear();
  }

  #takeFrom(key: string, perSecond: number, burst: number): number | null {
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    this.#buckets.set(key, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return null;
    }
    return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
  }
}
