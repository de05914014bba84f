import fc from 'fast-check';
import { Registry } from 'prom-client';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, type Micros } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { registerOrderGauges } from '../../processor/lag/order-gauges.ts';
import { InTimeFollower } from '../../processor/sequence/in-time-follower.ts';
import { freshDatabase } from '../support/database.ts';
import { driveBatch, recordAt } from '../support/drive-batches.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { eventually } from '../support/eventually.ts';
import { ordersHandlerOf, processorDatabase, silentLogger } from '../support/orders-processor.ts';

const BEGIN = Date.parse('2026-03-02T00:00:00Z') * 1000;
const LIMIT = 2 * HOUR;
const RUNS = Number(process.env.PROPERTY_RUNS ?? 12);

interface Said {
  order: string;
  type: string;
  at: Micros;
}

let database: Database;
let offset: number;

beforeAll(async () => {
  const { url } = await freshDatabase();
  database = processorDatabase(url);
});

beforeEach(async () => {
  await emptyTables(database);
  offset = 0;
});

async function tell(...said: Said[]): Promise<void> {
  const records = said.map(({ order, type, at }) =>
    recordAt(
      offset++,
      JSON.stringify({ order_id: order, event_type: type, occurred_at: new Date(at / 1000).toISOString() }),
    ),
  );
  if (records.length > 0) await driveBatch(database, ordersHandlerOf(), 0, records, BEGIN + 24 * HOUR);
}

/** What the sequencer does when event time has come to `now`, in an instance that knows nothing from before. */
async function comeTo(now: Micros, limit = LIMIT): Promise<void> {
  const follower = new InTimeFollower(limit);
  follower.advance(now);
  await inTransaction(database, (connection) => follower.persist(connection));
}

async function counted(): Promise<{ judged: number; late: number }> {
  const { rows } = await database.query<{ judged: number; late: number; hours: number; late_hours: number }>(
    `SELECT s.judged, s.late, (SELECT coalesce(sum(judged), 0) FROM orders_in_time)::float8 AS hours,
            (SELECT coalesce(sum(late), 0) FROM orders_in_time)::float8 AS late_hours
     FROM orders_in_time_state s`,
  );
  const [row] = rows;
  if (row === undefined) return { judged: 0, late: 0 };
  expect([row.hours, row.late_hours]).toEqual([row.judged, row.late]);
  return { judged: row.judged, late: row.late };
}

/** The promise in the plainest form. */
function expected(said: readonly Said[], now: Micros): { judged: number; late: number } {
  const timesOf = (order: string, types: readonly string[]) =>
    said.filter((one) => one.order === order && types.includes(one.type)).map(({ at }) => at);
  let judged = 0;
  let late = 0;
  for (const order of new Set(said.map((one) => one.order))) {
    const limit = Math.min(...timesOf(order, ['PAID'])) + LIMIT;
    if (limit > now) continue;
    judged += 1;
    if (Math.min(...timesOf(order, ['PICKING', 'PACKED', 'SHIPPED', 'DELIVERED', 'CANCELED'])) > limit)
      late += 1;
  }
  return { judged, late };
}

const event = fc.record({
  order: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  type: fc.constantFrom('ORDER_CREATED', 'PAID', 'PAID', 'PICKING', 'SHIPPED', 'CANCELED', 'HOLD'),
  // Coarse, so that limits are met exactly, too.
  at: fc.integer({ min: 0, max: 40 }).map((quarter) => BEGIN + quarter * 15 * MINUTE),
});

it('judges each paid order once, however event time comes', { timeout: 60_000 + RUNS * 10_000 }, async () => {
  await fc.assert(
    fc
      .asyncProperty(
        fc.array(event, { maxLength: 40 }),
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 5 }),
        async (events, quarters) => {
          const said = events.toSorted((a, b) => a.at - b.at);
          let told = 0;
          for (const quarter of quarters.toSorted((a, b) => a - b)) {
            const now = BEGIN + quarter * 15 * MINUTE;
            const due = said.findIndex(({ at }) => at > now);
            const end = due === -1 ? said.length : due;
            await tell(...said.slice(told, end));
            told = Math.max(told, end);
            await comeTo(now);
            expect(await counted()).toEqual(expected(said.slice(0, told), now));
          }
        },
      )
      .beforeEach(async () => {
        await emptyTables(database);
        offset = 0;
      }),
    { numRuns: RUNS },
  );
});

it('counts nothing twice when a transaction is undone, and the work done again', async () => {
  await tell({ order: 'a', type: 'PAID', at: BEGIN }, { order: 'b', type: 'PAID', at: BEGIN });
  await tell({ order: 'b', type: 'PICKING', at: BEGIN + HOUR });
  const follower = new InTimeFollower(LIMIT);
  follower.advance(BEGIN + 3 * HOUR);
  const undone = inTransaction(database, async (connection) => {
    await follower.persist(connection);
    throw new Error('lost');
  });
  await expect(undone).rejects.toThrow('lost');
  expect(await counted()).toEqual({ judged: 0, late: 0 });
  await inTransaction(database, (connection) => follower.persist(connection));
  await inTransaction(database, (connection) => follower.persist(connection));
  expect(await counted()).toEqual({ judged: 2, late: 1 });
});

it('never takes back what it said: not for late events, nor for another limit', async () => {
  await tell({ order: 'a', type: 'PAID', at: BEGIN }, { order: 'b', type: 'PAID', at: BEGIN + 2 * HOUR });
  await comeTo(BEGIN + 3 * HOUR);
  expect(await counted()).toEqual({ judged: 1, late: 1 });
  await tell({ order: 'a', type: 'PICKING', at: BEGIN + HOUR }, { order: 'c', type: 'PAID', at: BEGIN });
  await comeTo(BEGIN + 3 * HOUR, 5 * HOUR);
  expect(await counted()).toEqual({ judged: 1, late: 1 });
  const { rows } = await database.query<{ late_after: string }>('SELECT late_after()::text AS late_after');
  expect(rows).toEqual([{ late_after: '05:00:00' }]);
  await comeTo(BEGIN + 8 * HOUR, 5 * HOUR);
  expect(await counted()).toEqual({ judged: 2, late: 2 });
});

it('takes an order that leaves PAID at its limit for one in time, and one that leaves a moment later for late', async () => {
  await tell({ order: 'a', type: 'PAID', at: BEGIN }, { order: 'b', type: 'PAID', at: BEGIN });
  await tell({ order: 'a', type: 'PICKING', at: BEGIN + LIMIT });
  await tell({ order: 'b', type: 'PICKING', at: BEGIN + LIMIT + 1000 });
  await comeTo(BEGIN + LIMIT - 1);
  expect(await counted()).toEqual({ judged: 0, late: 0 });
  await comeTo(BEGIN + LIMIT);
  expect(await counted()).toEqual({ judged: 2, late: 1 });
});

it('catches up with all there is, days of it', async () => {
  for (const day of [0, 1, 5])
    await tell({ order: `o${day}`, type: 'PAID', at: BEGIN + day * DAY - 5 * DAY });
  await tell({ order: 'o1', type: 'PICKING', at: BEGIN - 4 * DAY + HOUR });
  await comeTo(BEGIN + LIMIT);
  expect(await counted()).toEqual({ judged: 3, late: 2 });
});

it('takes the default of the limit for granted before a processor has said it', async () => {
  const { rows } = await database.query<{ late_after: string }>('SELECT late_after()::text AS late_after');
  expect(rows).toEqual([{ late_after: '02:00:00' }]);
});

it('shows Prometheus the count of the database, in every instance, and nothing before there is one', async () => {
  const scrape = async (registry: Registry) =>
    (await registry.metrics()).split('\n').filter((line) => line.startsWith('holdfast_orders_judged_total{'));
  const instance = () => {
    const registry = new Registry();
    registerOrderGauges({ database, registry, logger: silentLogger });
    return registry;
  };
  const first = instance();
  expect(await scrape(first)).toEqual([]);
  await tell({ order: 'a', type: 'PAID', at: BEGIN }, { order: 'b', type: 'PAID', at: BEGIN + MINUTE });
  await tell({ order: 'b', type: 'CANCELED', at: BEGIN + HOUR });
  await comeTo(BEGIN + 3 * HOUR);
  const shown = [
    'holdfast_orders_judged_total{outcome="in_time"} 1',
    'holdfast_orders_judged_total{outcome="late"} 1',
  ];
  await eventually('a scrape that reads again', async () => (await scrape(first)).length > 0);
  expect(await scrape(first)).toEqual(shown);
  expect(await scrape(first)).toEqual(shown);
  expect(await scrape(instance())).toEqual(shown);
});
