export interface BackoffOptions {
  /** First wait, in milliseconds. */
  firstMs: number;
  /** Longest wait, in milliseconds. */
  longestMs: number;
}

export const DEFAULT_BACKOFF: BackoffOptions = { firstMs: 100, longestMs: 5000 };

/**
 * How long to wait before try number `attempt` (from 1), in milliseconds: doubling, capped, with "equal jitter" (half
 * fixed, half random), so that many instances do not come back at once.
 *
 * @param random uniform in [0, 1)
 */
export function backoffMs(attempt: number, options: BackoffOptions, random: () => number): number {
  const ceiling = Math.min(options.longestMs, options.firstMs * 2 ** Math.min(attempt - 1, 30));
  return ceiling / 2 + (random() * ceiling) / 2;
}

/** Resolves after `ms`, or at once when the signal fires. Never rejects. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}
