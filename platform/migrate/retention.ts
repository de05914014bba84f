import pg from 'pg';
import { MIGRATION_LOCK } from './migrate.ts';

/**
 * Sets how long raw rows, events and arrivals are kept: TimescaleDB's jobs drop what is older. Changes nothing when it
 * is so already; safe when two do it at once.
 *
 * @param days null: for ever
 */
export async function setRetention(databaseUrl: string, days: number | null): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'holdfast-migrate' });
  await client.connect();
  try {
    await client.query('SET client_min_messages = warning');
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const { rows } = await client.query<{ is_so: boolean }>(
      `SELECT (SELECT (config->>'drop_after')::interval FROM timescaledb_information.jobs
               WHERE proc_name = 'policy_retention' AND hypertable_name = 'events')
              IS NOT DISTINCT FROM make_interval(days => $1::integer) + INTERVAL '2 days' AS is_so`,
      [days],
    );
    if (rows[0]?.is_so !== true)
      await client.query('CALL set_retention(make_interval(days => $1::integer))', [days]);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await client.end();
  }
}
