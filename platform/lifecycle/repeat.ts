import { backoffMs, DEFAULT_BACKOFF, sleep } from '../errors/backoff.ts';

/**
 * Does `step` again and again until the signal fires: after the milliseconds that it answers, or, when it fails, after a
 * back-off that grows with the failures in a row. Never rejects, as long as `failed` does not throw.
 *
 * @param step is told how many times in a row it has failed before
 * @param failed is told how many times in a row it has failed now
 */
export async function repeat(
  signal: AbortSignal,
  step: (failures: number) => Promise<number>,
  failed: (error: unknown, failures: number) => void,
): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      const pauseMs = await step(failures);
      failures = 0;
      if (pauseMs > 0) await sleep(pauseMs, signal);
    } catch (error) {
      failures += 1;
      failed(error, failures);
      await sleep(backoffMs(failures, DEFAULT_BACKOFF, Math.random), signal);
    }
  }
}
