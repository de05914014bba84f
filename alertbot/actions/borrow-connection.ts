import type { Connection, Database } from '../../platform/database/database.ts';
import { sleep } from '../../platform/errors/backoff.ts';

/**
 * A connection of the pool, or null when there is none in time. One that comes later goes back by itself.
 *
 * @throws when no connection can be made
 */
export async function borrowConnection(database: Database, withinMs: number): Promise<Connection | null> {
  const done = new AbortController();
  let late = false;
  const coming = database.connect();
  coming.then(
    (connection) => {
      if (late) connection.release();
    },
    () => undefined, // the caller hears of it, or has left
  );
  try {
    const connection = await Promise.race([coming, sleep(withinMs, done.signal)]);
    late = connection === undefined;
    return connection ?? null;
  } finally {
    done.abort();
  }
}
