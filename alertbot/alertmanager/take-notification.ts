import type { Micros } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { classifyError } from '../../platform/errors/classify.ts';
import { closeEpisodes } from '../sql/close-episodes.ts';
import { insertEpisodes } from '../sql/insert-episodes.ts';
import { outdatedEpisodes } from '../sql/outdated-episodes.ts';
import { type Episode, episodeOf } from './episode.ts';
import type { PrometheusAlert } from './notification.ts';

/** How many alerts of a notification were new, closed, or known as they are. */
export interface Taken {
  opened: number;
  closed: number;
  unchanged: number;
}

/** Two replicas of Alertmanager send the same at once; a deadlock between them is tried again so often. */
const TRIES = 3;

/**
 * Keeps what Alertmanager says, in one transaction. Notifications may come again, late, and in any order: an episode that
 * is over is never opened by a late word of its beginning, for its row is there, closed, from the word of its end.
 */
export async function takeNotification(
  database: Database,
  alerts: readonly PrometheusAlert[],
  now: Micros,
): Promise<Taken> {
  return takeEpisodes(database, distinct(alerts.map((alert) => episodeOf(alert, now))));
}

/** Keeps episodes, in one transaction; a deadlock with another replica is tried again. */
export async function takeEpisodes(database: Database, episodes: readonly Episode[]): Promise<Taken> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await keep(database, episodes);
    } catch (error) {
      if (attempt === TRIES || classifyError(error) !== 'conflict') throw error;
    }
  }
}

async function keep(database: Database, episodes: readonly Episode[]): Promise<Taken> {
  if (episodes.length === 0) return { opened: 0, closed: 0, unchanged: 0 };
  return inTransaction(database, async (connection) => {
    const raised = new Set(await insertEpisodes(connection, episodes));
    const outdated = await outdatedEpisodes(
      connection,
      episodes.map((episode) => episode.fingerprint),
    );
    const ended = new Map(outdated.map((one) => [one.dedupKey, one]));
    for (const { dedupKey, endedAt } of episodes) {
      if (endedAt !== null) ended.set(dedupKey, { dedupKey, endedAt });
    }
    const closed = ended.size === 0 ? 0 : await closeEpisodes(connection, [...ended.values()]);
    const touched = episodes.filter((episode) => raised.has(episode.dedupKey) || ended.has(episode.dedupKey));
    return { opened: raised.size, closed, unchanged: episodes.length - touched.length };
  });
}

/** An episode that is in one notification twice has ended if one of them says so. */
function distinct(episodes: readonly Episode[]): Episode[] {
  const byKey = new Map<string, Episode>();
  for (const episode of episodes) {
    const known = byKey.get(episode.dedupKey);
    if (known === undefined || known.endedAt === null) byKey.set(episode.dedupKey, episode);
  }
  return [...byKey.values()];
}
