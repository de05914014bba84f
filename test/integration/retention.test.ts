import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { setPolicies } from '../../platform/migrate/policies.ts';
import { refreshRollups } from '../../processor/rollups/refresh-rollups.ts';
import { listJobs } from '../../stack/scheduler/jobs.ts';
import { freshDatabase } from '../support/database.ts';
import { LiveOrders } from '../support/live-orders.ts';
import { DROPPED, FILLED, insertOldFacts } from '../support/old-facts.ts';
import { created, said } from '../support/oracle/example.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { ROLLUP_NAMES, runPolicies } from '../support/rollup-check.ts';
import { HOUR, MINUTE } from '../support/traffic/times.ts';

const DAY = 24 * HOUR;
const EVERYTHING = { from: null, to: null };

let database: Database;
let orders: LiveOrders;
let url: string;

beforeEach(async () => {
  ({ url } = await freshDatabase());
  database = processorDatabase(url);
  orders = new LiveOrders(database, ordersHandlerOf());
});

/** Rollups of tables that are not. */
const KEPT_FOR_EVER = /^(state_deltas|lead_times|deliveries|sales_|order_values|alert_actions)/;

interface RefreshPolicy {
  rollup: string;
  start_offset: string | null;
  starts_after_drop: boolean | null;
}

async function refreshPolicies(keep: string): Promise<RefreshPolicy[]> {
  const { rows } = await database.query<RefreshPolicy>(
    `SELECT a.view_name AS rollup, j.config->>'start_offset' AS start_offset,
            (j.config->>'start_offset')::interval < $1::interval AS starts_after_drop
     FROM timescaledb_information.jobs j
     JOIN timescaledb_information.continuous_aggregates a
       ON a.materialization_hypertable_name = j.hypertable_name OR a.view_name = j.hypertable_name
     WHERE j.proc_name = 'policy_refresh_continuous_aggregate' ORDER BY 1`,
    [keep],
  );
  return rows;
}

async function retained(): Promise<Record<string, string>> {
  const { rows } = await database.query<{ name: string; drop_after: string }>(
    `SELECT hypertable_name AS name, config->>'drop_after' AS drop_after FROM timescaledb_information.jobs
     WHERE proc_name = 'policy_retention' ORDER BY 1`,
  );
  return Object.fromEntries(rows.map((row) => [row.name, row.drop_after]));
}

/** Every row of every rollup, and of metrics_window. */
async function history(): Promise<Record<string, unknown[]>> {
  const state: Record<string, unknown[]> = {};
  for (const name of [...ROLLUP_NAMES, 'metrics_window']) {
    const { rows } = await database.query(`SELECT r::text AS line FROM ${name} AS r ORDER BY 1`);
    state[name] = rows.map((row) => row.line);
  }
  return state;
}

/** Orders of 200, 100 and 70 days ago and of today; held, paid and late ones among them. */
async function sendOldAndNew(): Promise<void> {
  for (const days of [200, 100, 70, 2, 0]) {
    const at = orders.at(orders.now - days * DAY - 3 * HOUR);
    await orders.send([
      created(`o${days}`, at),
      said('PAID', at + MINUTE, { order_id: `o${days}` }),
      created(`held${days}`, at + 40 * MINUTE, { shipping_address: '' }),
    ]);
  }
}

describe('set_retention', () => {
  test('drops facts only, and lets every refresh start after what is dropped', async () => {
    await database.query(`CALL set_retention('60 days')`);
    expect(await retained()).toEqual(Object.fromEntries(DROPPED.map((table) => [table, '62 days'])));
    const policies = await refreshPolicies('62 days');
    expect(policies).toHaveLength(ROLLUP_NAMES.length);
    for (const { rollup, start_offset, starts_after_drop } of policies) {
      // What they are made of is kept for ever, so nothing can be lost by refreshing them from the beginning.
      if (KEPT_FOR_EVER.test(rollup)) expect(start_offset, rollup).toBeNull();
      else expect(starts_after_drop, rollup).toBe(true);
    }
  });

  test('can be changed, and switched off again', async () => {
    const before = await refreshPolicies('1 day');
    await database.query(`CALL set_retention('60 days')`);
    const say400 = ['Facts older than 400 days are dropped from now on.'];
    expect(await setPolicies(url, { retentionDays: 400, compressAfterDays: 90 })).toEqual(say400);
    expect(new Set(Object.values(await retained()))).toEqual(new Set(['402 days']));
    const changed = await refreshPolicies('402 days');
    expect(changed.every(({ starts_after_drop }) => starts_after_drop !== false)).toBe(true);
    expect(await setPolicies(url, { retentionDays: 400, compressAfterDays: 90 })).toEqual([]);
    // As a build from before the platform's tables left it.
    await database.query(`SELECT remove_retention_policy('order_facts')`);
    expect(await setPolicies(url, { retentionDays: 400, compressAfterDays: 90 })).toEqual(say400);
    expect(Object.keys(await retained())).toEqual(DROPPED);
    expect(await setPolicies(url, { retentionDays: null, compressAfterDays: 90 })).toEqual([
      'Nothing is dropped any more.',
    ]);
    expect(await retained()).toEqual({});
    expect(await setPolicies(url, { retentionDays: null, compressAfterDays: 90 })).toEqual([]);
    expect(await refreshPolicies('1 day')).toEqual(before);
  });

  test('refuses to keep less than an order may live', async () => {
    await expect(database.query(`CALL set_retention('29 days')`)).rejects.toThrow('at least 30 days');
    expect(await retained()).toEqual({});
  });
});

const platformFacts = (days: number) =>
  insertOldFacts(database, new Date((orders.now - days * DAY) / 1000), days);

/** Rows of each table that retention covers, the webhooks by their key. */
async function platformRows(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const table of FILLED)
    found[table] =
      (await database.query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.n ?? -1;
  return found;
}

/** Has the jobs drop and delete what they would. */
async function dropOld(): Promise<void> {
  await runPolicies(database, 'retention');
  for (const { id, name } of await listJobs(database))
    if (name.startsWith('delete_old_rows')) await database.query(`CALL run_job(${id})`);
}

async function webhookKeys(): Promise<string[]> {
  const { rows } = await database.query<{ key: string }>(
    'SELECT idempotency_key AS key FROM webhook_outbox ORDER BY 1',
  );
  return rows.map(({ key }) => key);
}

const ofEach = (n: number) => Object.fromEntries(FILLED.map((table) => [table, n]));

describe('what follows from facts', () => {
  test('goes with them, stays in the rollups, and comes later or not at all when the horizon is moved', async () => {
    for (const days of [300, 100, 1]) await platformFacts(days);
    await refreshRollups(database, EVERYTHING);
    const before = await history();
    await setPolicies(url, { retentionDays: 200, compressAfterDays: 90 });
    await dropOld();
    expect(await platformRows()).toEqual(ofEach(2));
    expect(await webhookKeys()).toEqual([
      ...['dead1', 'dead100', 'dead300', 'pending1', 'pending100', 'pending300'],
      ...['sent1', 'sent100'],
    ]);
    await setPolicies(url, { retentionDays: 60, compressAfterDays: 90 });
    await dropOld();
    expect(await platformRows()).toEqual(ofEach(1));
    // Longer again: what is gone stays gone, in the tables and not in the rollups.
    await setPolicies(url, { retentionDays: 400, compressAfterDays: 90 });
    await platformFacts(101);
    await dropOld();
    await runPolicies(database, 'refresh');
    expect(await platformRows()).toEqual(ofEach(2));
    expect(await history()).toEqual(before);
  });
});

describe('compression', () => {
  const compressing = async () =>
    (
      await database.query<{ name: string; after: string }>(
        `SELECT hypertable_name AS name, config->>'compress_after' AS after
         FROM timescaledb_information.jobs WHERE proc_name = 'policy_compression' AND hypertable_name = ANY (compressed_tables())
         ORDER BY 1`,
      )
    ).rows;

  test('covers everything that is only added to, and follows the setting', async () => {
    const before = await compressing();
    expect(before.map(({ name }) => name)).toEqual(
      [...DROPPED.filter((name) => name !== 'reviews'), 'state_deltas'].toSorted(),
    );
    expect(await setPolicies(url, { retentionDays: null, compressAfterDays: 90 })).toEqual([]);
    expect(await setPolicies(url, { retentionDays: null, compressAfterDays: 30 })).toEqual([
      'Facts older than 30 days are compressed from now on.',
    ]);
    expect(new Set((await compressing()).map(({ after }) => after))).toEqual(new Set(['30 days']));
    await platformFacts(60);
    await runPolicies(database, 'compression');
    const { rows } = await database.query<{ name: string }>(
      `SELECT DISTINCT hypertable_name AS name FROM timescaledb_information.chunks WHERE is_compressed
       AND hypertable_schema = 'public' ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(
      DROPPED.filter((name) => !/^(arrivals|events|orders_raw|reviews)$/.test(name)),
    );
    await platformFacts(59);
    expect(await platformRows()).toEqual(ofEach(2));
  });

  test('refuses to compress what is still written to', async () => {
    await expect(database.query(`CALL set_compression('6 days')`)).rejects.toThrow('7 days or later');
  });
});

describe('what was counted', () => {
  for (const [how, refresh] of [
    ['the policies refresh', () => runPolicies(database, 'refresh')],
    ['refreshRollups does', () => refreshRollups(database, EVERYTHING)],
    [
      'refreshRollups does over a dropped range',
      () => refreshRollups(database, { from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' }),
    ],
    [
      'the policies refresh, with retention switched off',
      async () => {
        await database.query('CALL set_retention(NULL)');
        await runPolicies(database, 'refresh');
      },
    ],
    [
      'refreshRollups does, with a horizon farther away',
      async () => {
        await database.query(`CALL set_retention('400 days')`);
        await runPolicies(database, 'retention');
        await refreshRollups(database, EVERYTHING);
      },
    ],
  ] as const) {
    test(`outlives the facts, whatever ${how} afterwards`, async () => {
      await sendOldAndNew();
      await refreshRollups(database, EVERYTHING);
      const before = await history();
      await database.query(`CALL set_retention('60 days')`);
      await runPolicies(database, 'retention');
      const { rows } = await database.query<{ events: number; oldest: boolean; deltas: number }>(
        `SELECT count(*) AS events, min(occurred_at) > now() - INTERVAL '68 days' AS oldest,
                (SELECT count(*) FROM state_deltas WHERE at < now() - INTERVAL '68 days') AS deltas FROM events`,
      );
      expect(rows[0]).toMatchObject({ events: 6, oldest: true });
      expect(rows[0]?.deltas).toBeGreaterThan(0);
      expect(await history()).toEqual(before);
      await refresh();
      expect(await history()).toEqual(before);
    });
  }

  test('is everything that is stored, up to the horizon', async () => {
    await sendOldAndNew();
    await database.query(`CALL set_retention('60 days')`);
    await runPolicies(database, 'retention');
    for (const days of [55, 59]) {
      await orders.send([created(`o${days}`, orders.at(orders.now - days * DAY + HOUR))]);
    }
    await runPolicies(database, 'refresh');
    const { rows } = await database.query<Record<string, number>>(
      'SELECT (SELECT count(*) FROM events) AS stored, (SELECT sum(events) FROM events_1d) AS counted',
    );
    expect(rows[0]?.stored).toBe(8);
    expect(rows[0]?.counted).toBe(rows[0]?.stored);
  });

  test('goes on being counted after that', async () => {
    await sendOldAndNew();
    await refreshRollups(database, EVERYTHING);
    await database.query(`CALL set_retention('60 days')`);
    await runPolicies(database, 'retention');
    const at = orders.at(orders.now - 30 * DAY);
    await orders.send([created('late', at), said('PAID', at + MINUTE, { order_id: 'late' })]);
    await runPolicies(database, 'refresh');
    const { rows } = await database.query<Record<string, number>>(
      `SELECT (SELECT sum(events) FROM events_1d) AS events, (SELECT sum(records) FROM records_1d) AS records,
              (SELECT sum(orders) FROM metrics_window) AS orders,
              (SELECT backlog FROM metrics_window ORDER BY window_start DESC LIMIT 1) AS backlog`,
    );
    expect(rows[0]).toEqual({ events: 17, records: 17, orders: 11, backlog: 11 });
  });
});
