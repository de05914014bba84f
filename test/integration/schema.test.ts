import type pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { COLUMNS, COMPRESSED, HYPERTABLES, KEYS, ROLES, ROLLUPS } from '../support/schema-contract.ts';

let pool: pg.Pool;

beforeAll(async () => {
  pool = (await freshDatabase()).pool();
});

async function column<T>(sql: string): Promise<T[]> {
  const { rows } = await pool.query<{ found: T }>(sql);
  return rows.map((row) => row.found);
}

describe('tables and views', () => {
  test.each(Object.entries(COLUMNS))('%s has its columns', async (relation, columns) => {
    const { rows } = await pool.query<{ column_name: string }>(
      `SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1`,
      [relation],
    );
    expect(rows.map((row) => row.column_name)).toEqual(expect.arrayContaining([...columns]));
  });

  test('what is partitioned by time is a hypertable, with chunks of at least 7 days', async () => {
    const { rows } = await pool.query(
      `SELECT hypertable_name, time_interval >= INTERVAL '7 days' AS coarse
       FROM timescaledb_information.dimensions WHERE hypertable_schema = 'public'`,
    );
    expect(rows.map((row) => row.hypertable_name).sort()).toEqual([...HYPERTABLES].sort());
    expect(rows.every((row) => row.coarse)).toBe(true);
  });

  test.each(KEYS)('%s is unique by (%s)', async (table, columns) => {
    const found = await column<string>(
      `SELECT indexdef AS found FROM pg_indexes WHERE schemaname = 'public' AND tablename = '${table}'
       AND indexdef LIKE 'CREATE UNIQUE INDEX%'`,
    );
    expect(found.map((definition) => /\((.*)\)/.exec(definition)?.[1])).toContain(columns);
  });

  test('dead letters keep their bytes', async () => {
    const [type] = await column<string>(
      `SELECT data_type AS found FROM information_schema.columns
       WHERE table_name = 'pipeline_error_logs' AND column_name = 'original'`,
    );
    expect(type).toBe('bytea');
  });

  test('the audit of alerts cannot be changed, whoever tries', async () => {
    await pool.query(
      `INSERT INTO alert_actions (alert_id, action, actor, source, status_before, status_after)
       VALUES (1, 'ACK', 'kim', 'slack', 'OPEN', 'ACK')`,
    );
    await expect(pool.query(`UPDATE alert_actions SET actor = 'lee'`)).rejects.toThrow('append-only');
    await expect(pool.query('DELETE FROM alert_actions')).rejects.toThrow('append-only');
  });
});

describe('roles', () => {
  test('exist, may log in, and have no password until one is set', async () => {
    const { rows } = await pool.query(
      `SELECT rolname, rolcanlogin, rolsuper FROM pg_roles
       WHERE rolname LIKE 'holdfast%' OR rolname = 'grafana_reader' ORDER BY 1`,
    );
    expect(rows).toEqual(ROLES.map((rolname) => ({ rolname, rolcanlogin: true, rolsuper: false })));
  });
});

describe('rollups', () => {
  test('are continuous aggregates, real-time, each made from the finer one', async () => {
    const { rows } = await pool.query(
      `SELECT a.user_view_name AS name,
              coalesce(parent.user_view_name, raw.table_name) AS made_from, f.bucket_width AS bucket,
              a.materialized_only
       FROM _timescaledb_catalog.continuous_agg a
       JOIN _timescaledb_catalog.continuous_aggs_bucket_function f USING (mat_hypertable_id)
       JOIN _timescaledb_catalog.hypertable raw ON raw.id = a.raw_hypertable_id
       LEFT JOIN _timescaledb_catalog.continuous_agg parent ON parent.mat_hypertable_id = a.parent_mat_hypertable_id
       ORDER BY 1`,
    );
    const expected = ROLLUPS.map(([name, made_from, bucket]) => ({
      name,
      made_from,
      bucket,
      materialized_only: false,
    }));
    expect(rows).toEqual(expected.sort((a, b) => (a.name < b.name ? -1 : 1)));
  });

  test('each has one refresh policy, from the beginning up to a finite end, in one piece', async () => {
    const { rows } = await pool.query(
      `SELECT a.view_name AS name, j.config->>'start_offset' AS start_offset,
              (j.config->>'end_offset')::interval > INTERVAL '0' AS ends, j.config->>'buckets_per_batch' AS batch
       FROM timescaledb_information.jobs j
       JOIN timescaledb_information.continuous_aggregates a
         ON a.materialization_hypertable_name = j.hypertable_name OR a.view_name = j.hypertable_name
       WHERE j.proc_name = 'policy_refresh_continuous_aggregate' ORDER BY 1`,
    );
    const names = ROLLUPS.map(([name]) => name).sort();
    expect(rows).toEqual(names.map((name) => ({ name, start_offset: null, ends: true, batch: '0' })));
  });
});

describe('policies', () => {
  test('compress the facts and the finest rollups, only beyond the longest life of an order', async () => {
    const { rows } = await pool.query(
      `SELECT coalesce(a.view_name, j.hypertable_name) AS name,
              (j.config->>'compress_after')::interval >= INTERVAL '90 days' AS late
       FROM timescaledb_information.jobs j
       LEFT JOIN timescaledb_information.continuous_aggregates a
         ON a.materialization_hypertable_name = j.hypertable_name
       WHERE j.proc_name = 'policy_compression' ORDER BY 1`,
    );
    expect(rows).toEqual([...COMPRESSED].sort().map((name) => ({ name, late: true })));
  });

  test('drop nothing unless asked for', async () => {
    expect(
      await column(
        `SELECT job_id AS found FROM timescaledb_information.jobs WHERE proc_name = 'policy_retention'`,
      ),
    ).toEqual([]);
  });

  test('the procedure that switches retention on and off is there', async () => {
    expect(await column(`SELECT proname AS found FROM pg_proc WHERE proname = 'set_retention'`)).toEqual([
      'set_retention',
    ]);
  });
});
