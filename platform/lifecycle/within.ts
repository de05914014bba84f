import { sleep } from '../errors/backoff.ts';

/** Waits for some work, but no longer than `ms`. The work goes on; an error of it counts only while it is waited for. */
export async function within(ms: number, work: Promise<void>): Promise<void> {
  const done = new AbortController();
  try {
    await Promise.race([work, sleep(ms, done.signal)]);
  } finally {
    done.abort();
  }
}
