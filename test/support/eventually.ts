import { setTimeout as sleep } from 'node:timers/promises';

export interface PatienceOptions {
  readonly timeoutMs?: number;
  readonly everyMs?: number;
  /** Added to the failure: a log, the last state. */
  readonly explain?: () => string;
}

const PATIENCE_MS = 200_000;

/**
 * Asks until the answer is neither undefined nor false, and returns it. A question that fails counts as no answer.
 *
 * @throws {Error} naming `what` and the last failure, when there was no answer in time
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  options: PatienceOptions = {},
): Promise<T> {
  const { timeoutMs = PATIENCE_MS, everyMs = 100, explain } = options;
  const deadline = performance.now() + timeoutMs;
  let lastError: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    await sleep(everyMs);
  } while (performance.now() < deadline);
  const reason = lastError === undefined ? '' : `: ${String(lastError)}`;
  throw new Error(`waited ${timeoutMs} ms for ${what}${reason}${explain ? `\n${explain()}` : ''}`);
}
