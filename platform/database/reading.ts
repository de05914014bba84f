import type { Connection, Database } from './database.ts';

/**
 * Runs `work` in a transaction that can only read, and sees the database as of one moment.
 *
 * Whatever goes wrong, nothing is to be undone: the connection is given back after a rollback, or thrown away.
 */
export async function reading<T>(
  database: Database,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await database.connect();
  let broken: Error | undefined;
  const onLost = (error: Error) => {
    broken = error;
  };
  connection.on('error', onLost);
  try {
    await connection.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await work(connection);
  } finally {
    await connection.query('ROLLBACK').catch((error: unknown) => {
      broken = error instanceof Error ? error : new Error(String(error));
    });
    connection.off('error', onLost);
    connection.release(broken);
  }
}
