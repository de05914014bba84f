import pg from 'pg';
import { MIGRATION_LOCK } from './migrate.ts';

/** How long data is kept, and from when on it is compressed; days. */
export interface DataPolicies {
  /** Null: for ever. */
  retentionDays: number | null;
  compressAfterDays: number;
}

/**
 * Sets from when on TimescaleDB's jobs drop and compress what is old. Changes nothing when it is so already; safe when two
 * do it at once.
 *
 * @returns what was changed, a line each
 */
export async function setPolicies(databaseUrl: string, policies: DataPolicies): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'holdfast-migrate' });
  await client.connect();
  try {
    await client.query('SET client_min_messages = warning');
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const changed: string[] = [];
    if (await needsRetention(client, policies.retentionDays)) {
      await client.query('CALL set_retention(make_interval(days => $1::integer))', [policies.retentionDays]);
      changed.push(
        policies.retentionDays === null
          ? 'Nothing is dropped any more.'
          : `Facts older than ${policies.retentionDays} days are dropped from now on.`,
      );
    }
    if (await needsCompression(client, policies.compressAfterDays)) {
      await client.query('CALL set_compression(make_interval(days => $1::integer))', [
        policies.compressAfterDays,
      ]);
      changed.push(`Facts older than ${policies.compressAfterDays} days are compressed from now on.`);
    }
    return changed;
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await client.end();
  }
}

/** Also where an older build set the same days for fewer tables. */
async function needsRetention(client: pg.Client, days: number | null): Promise<boolean> {
  const { rows } = await client.query<{ is_so: boolean }>(
    `SELECT CASE WHEN $1::integer IS NULL THEN count(*) = 0
                 ELSE coalesce(array_agg(hypertable_name::text) @> dropped_tables(), false)
                      AND bool_and((config->>'drop_after')::interval
                                   = make_interval(days => $1::integer) + INTERVAL '2 days') END AS is_so
     FROM timescaledb_information.jobs
     WHERE proc_name = 'policy_retention' AND hypertable_name = ANY (dropped_tables())`,
    [days],
  );
  return rows[0]?.is_so !== true;
}

async function needsCompression(client: pg.Client, days: number): Promise<boolean> {
  const { rows } = await client.query<{ is_so: boolean }>(
    `SELECT coalesce(array_agg(hypertable_name::text) @> compressed_tables(), false)
              AND coalesce(bool_and((config->>'compress_after')::interval = make_interval(days => $1::integer))
                             FILTER (WHERE hypertable_name = ANY (compressed_tables())), false) AS is_so
     FROM timescaledb_information.jobs WHERE proc_name = 'policy_compression'`,
    [days],
  );
  return rows[0]?.is_so !== true;
}
