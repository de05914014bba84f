import type { Database } from '../../platform/database/database.ts';
import { sleep } from '../../platform/errors/backoff.ts';
import type { AlertbotContext } from '../context.ts';
import { type Heartbeat, silence } from './heartbeat.ts';
import { takeEpisodes } from './take-notification.ts';

const EVERY_MS = 30_000;

/** The heartbeat has come: a silence before it is over. */
export async function hearHeartbeat(database: Database, heartbeat: Heartbeat, now: number): Promise<void> {
  const lostSince = heartbeat.lostSince(now);
  if (lostSince !== null) await takeEpisodes(database, [silence(lostSince, now)]);
  heartbeat.hear(now);
}

/**
 * Raises an alert when the heartbeat stays away. Whether one came is remembered by this process only: after a restart it
 * has to be heard once before it can be missed.
 *
 * @returns the way to stop it
 */
export function watchHeartbeat(
  { database, clock, logger }: Pick<AlertbotContext, 'database' | 'clock' | 'logger'>,
  heartbeat: Heartbeat,
): () => Promise<void> {
  const stopping = new AbortController();
  const running = (async () => {
    for (;;) {
      await sleep(EVERY_MS, stopping.signal);
      if (stopping.signal.aborted) return;
      const lostSince = heartbeat.lostSince(clock.now());
      if (lostSince === null) continue;
      try {
        await takeEpisodes(database, [silence(lostSince, null)]);
      } catch (error) {
        logger.warn({ err: error }, 'the silence of Prometheus could not be written down');
      }
    }
  })();
  return async () => {
    stopping.abort();
    await running;
  };
}
