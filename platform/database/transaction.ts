import { withInnerSpan } from '../tracing/with-span.ts';
import type { Connection, Database } from './database.ts';

/**
 * Runs `work` in one READ COMMITTED transaction and commits it; rolls back and rethrows when it fails. A span of its own
 * where something is traced.
 *
 * A connection whose rollback fails is thrown away, not given back.
 */
export async function inTransaction<T>(
  database: Database,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  return withInnerSpan('transaction', { 'db.system.name': 'postgresql' }, () => transact(database, work));
}

async function transact<T>(database: Database, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await database.connect();
  let broken: Error | undefined;
  // A connection that is lost between two statements says so by an event, and one that nobody listens to ends the
  // process. The next statement fails anyway.
  const onLost = (error: Error) => {
    broken = error;
  };
  connection.on('error', onLost);
  try {
    await connection.query('BEGIN');
    const result = await work(connection);
    await connection.query('COMMIT');
    return result;
  } catch (error) {
    try {
      await connection.query('ROLLBACK');
    } catch (rollbackError) {
      broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
    }
    throw error;
  } finally {
    connection.off('error', onLost);
    connection.release(broken);
  }
}
