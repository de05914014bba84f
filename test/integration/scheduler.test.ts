import type pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Scheduler, startScheduler } from '../../stack/scheduler/scheduler.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

// The scheduler writes TimescaleDB's own job statistics; on a native server the background workers do.
const native = Boolean(process.env.TEST_DATABASE_URL);
const embeddedTest = test.skipIf(native);

const SCHEMA = `
  CREATE TABLE readings (at timestamptz NOT NULL, n int NOT NULL);
  SELECT create_hypertable('readings', 'at', chunk_time_interval => interval '7 days')`;
/** Finest first. The policies are added in the opposite order, so neither names nor job ids are in that of the levels. */
const LEVELS: [view: string, below: string, width: string][] = [
  ['z_minutes', 'readings', '1 minute'],
  ['m_half_hours', 'z_minutes', '30 minutes'],
  ['a_days', 'm_half_hours', '1 day'],
];

let database: TestDatabase;
let pool: pg.Pool;
let scheduler: Scheduler | undefined;
let logged: string[];

function start(now?: () => number): Scheduler {
  logged = [];
  const options = { databaseUrl: database.url, log: (line: string) => logged.push(line) };
  scheduler = startScheduler(now === undefined ? options : { ...options, now });
  return scheduler;
}

beforeAll(async () => {
  if (native) return;
  database = await freshDatabase({ migrated: false });
  pool = database.pool();
  await pool.query(SCHEMA);
  for (const [view, below, width] of LEVELS) {
    const [time, value] = below === 'readings' ? ['at', 'n'] : ['bucket', 'total'];
    await pool.query(`
      CREATE MATERIALIZED VIEW ${view} WITH (timescaledb.continuous, timescaledb.materialized_only = true) AS
      SELECT time_bucket('${width}', ${time}) AS bucket, sum(${value}) AS total FROM ${below} GROUP BY 1 WITH NO DATA`);
  }
  for (const [view, , width] of [...LEVELS].reverse()) {
    await pool.query(`
      SELECT add_continuous_aggregate_policy('${view}', start_offset => NULL, end_offset => interval '${width}',
                                             schedule_interval => interval '10 minutes', buckets_per_batch => 0)`);
  }
});
afterEach(async () => {
  await scheduler?.stop();
  scheduler = undefined;
});
afterAll(async () => {
  await database?.stop();
});

const totals = async (view: string): Promise<number> =>
  Number((await pool.query(`SELECT coalesce(sum(total), 0) AS n FROM ${view}`)).rows[0].n);

embeddedTest(
  'runs what is due at once, the finer aggregate before the coarser, and late data reaches all of them',
  async () => {
    await pool.query(
      `INSERT INTO readings SELECT '2024-05-01Z'::timestamptz + i * interval '1 minute', 1 FROM generate_series(0, 2879) i`,
    );
    start();
    await expect.poll(() => totals('a_days'), { timeout: 10_000 }).toBe(2880);
    await pool.query(
      `INSERT INTO readings SELECT '2017-05-01Z'::timestamptz + i * interval '1 hour', 1 FROM generate_series(0, 23) i`,
    );
    const outcomes = await scheduler?.runAll();
    const refreshed = outcomes?.map(({ job }) => job.name).filter((name) => name.includes('refresh'));
    expect(refreshed).toEqual([
      expect.stringContaining('z_minutes'),
      expect.stringContaining('m_half_hours'),
      expect.stringContaining('a_days'),
    ]);
    for (const [view] of LEVELS) expect(await totals(view)).toBe(2904);
    expect(logged).toEqual([]);
  },
);

embeddedTest('tells how the jobs went where SQL looks for it, and when they run next', async () => {
  const now = Date.parse('2030-01-01T00:00:00Z');
  await start(() => now).runAll();
  const { rows } = await pool.query(`
    SELECT j.hypertable_name AS view, s.last_run_status AS status, s.total_failures::int AS failures,
           s.last_successful_finish AS finished, s.next_start
    FROM timescaledb_information.job_stats s JOIN timescaledb_information.jobs j USING (job_id)
    WHERE j.proc_name = 'policy_refresh_continuous_aggregate' ORDER BY 1`);
  expect(rows).toEqual(
    LEVELS.toReversed().map(([view]) => ({
      view,
      status: 'Success',
      failures: 0,
      finished: new Date(now),
      next_start: new Date(now + 600_000),
    })),
  );
});

embeddedTest(
  'a job that fails is logged by name, recorded, and stops no other; a paused one is left alone',
  async () => {
    await pool.query(`
    CREATE PROCEDURE unlucky(job_id int, config jsonb) LANGUAGE plpgsql AS $$
    BEGIN IF config ? 'fail' THEN RAISE EXCEPTION 'no luck today'; END IF; END $$;
    CREATE PROCEDURE lucky(job_id int, config jsonb) LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE IF NOT EXISTS was_lucky (); END $$`);
    const { rows } = await pool.query(`
    SELECT add_job('unlucky', '1 hour', config => '{"fail": true}') AS unlucky, add_job('lucky', '1 hour') AS lucky,
           add_job('unlucky', '1 hour', config => '{"fail": true}', scheduled => false) AS paused`);
    const { unlucky, paused } = rows[0];
    const running = start();
    const outcomes = await running.runAll();
    expect(outcomes.filter(({ error }) => error !== undefined).map(({ job }) => job.id)).toEqual([unlucky]);
    expect(outcomes.some(({ job }) => job.id === paused)).toBe(false);
    expect(logged.at(-1)).toMatch(/^scheduler: unlucky .*failed: no luck today \(SQLSTATE P0001\)$/);
    expect((await pool.query(`SELECT to_regclass('was_lucky') IS NOT NULL AS ran`)).rows).toEqual([
      { ran: true },
    ]);
    const errors = await pool.query(
      'SELECT DISTINCT err_message, sqlerrcode FROM timescaledb_information.job_errors WHERE job_id = $1',
      [unlucky],
    );
    expect(errors.rows).toEqual([{ err_message: 'no luck today', sqlerrcode: 'P0001' }]);

    await pool.query(`SELECT alter_job($1, config => '{}')`, [unlucky]);
    await running.runAll();
    expect(logged.at(-1)).toMatch(/^scheduler: unlucky .* works again$/);
  },
);

embeddedTest('compression and retention policies do their work', async () => {
  await pool.query(`
    ALTER TABLE readings SET (timescaledb.compress, timescaledb.compress_orderby = 'at');
    SELECT add_compression_policy('readings', compress_after => interval '30 days')`);
  await start().runAll();
  const compressed = `SELECT count(*)::int AS n FROM timescaledb_information.chunks WHERE is_compressed`;
  expect((await pool.query(compressed)).rows[0].n).toBeGreaterThan(0);
  await pool.query(`SELECT add_retention_policy('readings', drop_after => interval '5 years')`);
  await scheduler?.runAll();
  const { rows } = await pool.query('SELECT extract(year FROM min(at))::int AS year FROM readings');
  expect(rows).toEqual([{ year: 2024 }]);
});

embeddedTest('others have their turn between two jobs', async () => {
  await pool.query(`
    CREATE PROCEDURE slow(job_id int, config jsonb) LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.2); END $$;
    SELECT add_job('slow', '1 hour') FROM generate_series(1, 3)`);
  const running = start();
  const began = performance.now();
  const all = running.runAll();
  let ended = false;
  const waits: number[] = [];
  void all.finally(() => {
    ended = true;
  });
  while (!ended) {
    const asked = performance.now();
    await pool.query('SELECT 1');
    waits.push(performance.now() - asked);
  }
  expect(waits.length).toBeGreaterThan(5);
  expect(Math.max(...waits)).toBeLessThan((performance.now() - began) / 2);
});
