import { MINUTE } from '../../domain/time/micros.ts';
import { sleep } from '../../platform/errors/backoff.ts';
import type { AlertbotContext } from '../context.ts';
import { forgetSlackRequests } from '../sql/forget-slack-requests.ts';

/** A signature is accepted up to 5 minutes before and after its own time. */
const KEPT = 10 * MINUTE + MINUTE;
const EVERY_MS = 60_000;

/** Keeps the table of signatures small, until the returned function is called. */
export function forgetOldSignatures({
  database,
  clock,
  logger,
}: Pick<AlertbotContext, 'database' | 'clock' | 'logger'>): () => void {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      await forgetSlackRequests(database, clock.now() - KEPT).catch((error: unknown) =>
        logger.debug({ err: error }, 'old signatures could not be forgotten'),
      );
      await sleep(EVERY_MS, stopping.signal);
    }
  };
  void run();
  return () => stopping.abort();
}
