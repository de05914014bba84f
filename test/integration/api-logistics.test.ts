import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, type Micros } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { type ApiServer, apiServer } from '../support/api-server.ts';
import { freshDatabase } from '../support/database.ts';
import { iso, NOW, type Outcome, outcome, outcomeRow, statsRow, watchRow } from '../support/delivery-rows.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { insertRows } from '../support/insert-rows.ts';
import { processorDatabase } from '../support/orders-processor.ts';

let database: Database;
let api: ApiServer;

beforeAll(async () => {
  database = processorDatabase((await freshDatabase()).url);
  api = await apiServer(database);
});

beforeEach(async () => {
  await emptyTables(database);
  await database.query('UPDATE sequence_state SET sequenced_to = $1', [iso(NOW)]);
});

interface Window {
  days: number;
  orders: number;
  late_orders: number;
  delay_rate: number;
}
interface Delay {
  key: string;
  windows: Window[];
}

/** As plainly as possible. */
function delaysByHand(
  outcomes: readonly Outcome[],
  by: 'region' | 'seller',
  at: Micros,
  days: number,
): Delay[] {
  const keyOf = (one: Outcome) => (by === 'region' ? one.region : one.seller_id) ?? 'unknown';
  const within = (one: Outcome, span: number) =>
    one.promisedAt !== null && one.deliveredAt > at - span * DAY && one.deliveredAt <= at;
  const keys = [...new Set(outcomes.map(keyOf))];
  const items = keys.map((key) => ({
    key,
    windows: [7, 30, 90].flatMap((span) => {
      const mine = outcomes.filter((one) => keyOf(one) === key && within(one, span));
      const late = mine.filter((one) => one.deliveredAt > (one.promisedAt ?? 0)).length;
      return mine.length === 0
        ? []
        : [{ days: span, orders: mine.length, late_orders: late, delay_rate: late / mine.length }];
    }),
  }));
  const rate = (one: Delay) => one.windows.find((window) => window.days === days)?.delay_rate ?? -1;
  return items
    .filter((one) => rate(one) >= 0)
    .toSorted((a, b) => rate(b) - rate(a) || (a.key < b.key ? -1 : 1));
}

const someOutcomes = fc
  .array(
    fc.record({
      agoHours: fc.integer({ min: -24, max: 24 * 100 }),
      lateHours: fc.option(fc.integer({ min: -48, max: 48 })),
      seller: fc.option(fc.constantFrom('S-1', 'S-2', 'S-3')),
      region: fc.option(fc.constantFrom('SP', 'RJ', 'MG', 'BA')),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((all) =>
    all.map(({ agoHours, lateHours, seller, region }, i) => {
      const deliveredAt = NOW - agoHours * HOUR;
      const promisedAt = lateHours === null ? null : deliveredAt - lateHours * HOUR;
      return outcome(`o${i}`, deliveredAt, { promisedAt, seller_id: seller, region });
    }),
  );

describe('GET /api/v1/logistics/delays', () => {
  it('counts what plain counting counts, whatever the pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        someOutcomes,
        fc.constantFrom('region', 'seller'),
        fc.constantFrom(7, 30, 90),
        fc.integer({ min: 1, max: 5 }),
        async (outcomes, by, days, limit) => {
          await database.query('TRUNCATE delivery_outcomes');
          await insertRows(database, 'delivery_outcomes', outcomes.map(outcomeRow));
          const path = `/api/v1/logistics/delays?by=${by}&window_days=${days}&limit=${limit}`;
          const found = await api.walk<Delay>(path);
          const counted = found.map(({ key, windows }) => ({
            key,
            windows: windows.map(({ days, orders, late_orders, delay_rate }) => ({
              days,
              orders,
              late_orders,
              delay_rate,
            })),
          }));
          expect(counted).toEqual(delaysByHand(outcomes, by as 'region' | 'seller', NOW, days));
        },
      ),
      { numRuns: 15 },
    );
  });

  it('knows how late, in hours', async () => {
    await insertRows(
      database,
      'delivery_outcomes',
      [
        outcome('late', NOW - DAY, { promisedAt: NOW - 2 * DAY }),
        outcome('early', NOW - DAY, { promisedAt: NOW + DAY }),
      ].map(outcomeRow),
    );
    const { items } = await api.ask<{ items: { windows: object[] }[] }>('/api/v1/logistics/delays?region=SP');
    expect(items[0]?.windows[0]).toMatchObject({ mean_lateness_hours: 24, mean_promise_error_hours: -12 });
    expect((await api.ask<{ items: unknown[] }>('/api/v1/logistics/delays?region=RJ')).items).toEqual([]);
  });

  it('answers as of another moment, and has not begun before the first milestone', async () => {
    await insertRows(database, 'delivery_outcomes', [outcomeRow(outcome('o', NOW - 200 * DAY))]);
    const then = encodeURIComponent(iso(NOW - 199 * DAY));
    expect(await api.ask(`/api/v1/logistics/delays?as_of=${then}`)).toMatchObject({ items: [{ key: 'SP' }] });
    await database.query(`UPDATE sequence_state SET sequenced_to = '-infinity'`);
    expect(await api.ask('/api/v1/logistics/delays')).toMatchObject({ as_of: null, items: [], next: null });
  });

  it('keeps its pages while orders go on arriving', async () => {
    const outcomes = Array.from({ length: 12 }, (_, i) => outcome(`o${i}`, NOW - DAY, { region: `R${i}` }));
    await insertRows(database, 'delivery_outcomes', outcomes.map(outcomeRow));
    let count = 0;
    const found = await api.walk<Delay>('/api/v1/logistics/delays?limit=5', async () => {
      count += 1;
      const later = outcome(`later${count}`, NOW + HOUR, { region: `A${count}` });
      await insertRows(database, 'delivery_outcomes', [outcomeRow(later)]);
      await database.query('UPDATE sequence_state SET sequenced_to = $1', [iso(NOW + count * DAY)]);
    });
    expect(found.map(({ key }) => key)).toEqual(outcomes.map(({ region }) => region).toSorted());
    expect(count).toBe(3);
  });
});

describe('GET /api/v1/logistics/stages', () => {
  interface Stages {
    items: {
      key: string;
      orders: number;
      late_orders: number;
      delay_source: string | null;
      mean_total_hours: number;
      stages: { stage: string; mean_hours: number; share: number; excess_hours: number | null }[];
    }[];
  }

  it('tells each stage and its share, and that the seller is to blame', async () => {
    const slow = outcome('slow', NOW - DAY, {
      createdAt: NOW - 9 * DAY,
      approvedAt: NOW - 9 * DAY,
      handedOverAt: NOW - 4 * DAY,
      promisedAt: NOW - 2 * DAY,
    });
    const unknown = outcome('unknown', NOW - DAY, { approvedAt: null });
    await insertRows(database, 'delivery_outcomes', [outcome('o', NOW - DAY), slow, unknown].map(outcomeRow));
    const { items } = await api.ask<Stages>('/api/v1/logistics/stages');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ key: 'all', orders: 2, late_orders: 1, delay_source: 'SELLER' });
    expect(items[0]?.mean_total_hours).toBeCloseTo((98 + 192) / 2);
    expect(items[0]?.stages.map(({ stage, mean_hours }) => [stage, mean_hours])).toEqual([
      ['APPROVAL', 1],
      ['PREPARATION', 72],
      ['TRANSIT', 72],
    ]);
    expect(items[0]?.stages.map(({ excess_hours }) => excess_hours)).toEqual([-2, 96, 0]);
    expect(items[0]?.stages.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('groups by month in order, and by seller with the slowest first, page by page', async () => {
    const months = Array.from({ length: 5 }, (_, i) =>
      outcome(`m${i}`, NOW - 31 * i * DAY, { seller_id: `S-${i}`, createdAt: NOW - (31 * i + 6 + i) * DAY }),
    );
    await insertRows(database, 'delivery_outcomes', months.map(outcomeRow));
    const from = encodeURIComponent(iso(NOW - 365 * DAY));
    const byMonth = await api.walk<{ key: string }>(`/api/v1/logistics/stages?by=month&from=${from}&limit=2`);
    expect(byMonth.map(({ key }) => key)).toEqual([
      '2025-10-01',
      '2025-11-01',
      '2025-12-01',
      '2026-01-01',
      '2026-03-01',
    ]);
    const bySeller = await api.walk<{ key: string }>(
      `/api/v1/logistics/stages?by=seller&from=${from}&limit=2`,
    );
    expect(bySeller.map(({ key }) => key)).toEqual(['S-4', 'S-3', 'S-2', 'S-1', 'S-0']);
  });

  it('refuses a span that ends before it begins', async () => {
    const from = encodeURIComponent(iso(NOW + DAY));
    expect(await api.refuse(`/api/v1/logistics/stages?from=${from}`, 400)).toContain(
      'from has to be before to',
    );
  });
});

describe('GET /api/v1/logistics/bottleneck', () => {
  interface Bottleneck {
    key: string;
    state: string;
    current_outlier_count: number;
    avg_prep_delay_hrs: number;
    system_impact_potential: number;
    recommendation: string;
    stock: object | null;
    waiting_orders: number;
  }

  beforeEach(async () => {
    await insertRows(database, 'sellers', [
      { seller_id: 'slow', state: 'SP' },
      { seller_id: 'short', state: 'RJ' },
      { seller_id: 'fine', state: 'SP' },
    ]);
    await insertRows(database, 'seller_stats', [
      statsRow('slow', 10, 120),
      statsRow('short', 20, 50),
      statsRow('fine', 70, 10),
      statsRow('new', 0, 0),
    ]);
    await insertRows(database, 'delivery_watches', [
      watchRow('w1', { waits: 'HAND_OVER', seller_id: 'slow', passed: true }),
      watchRow('w2', { waits: 'HAND_OVER', seller_id: 'slow' }),
      watchRow('w3', { waits: 'DELIVERY', seller_id: 'slow', passed: true }),
      watchRow('w4', { waits: 'HAND_OVER', seller_id: 'new', passed: true }),
    ]);
    await insertRows(database, 'products', [{ product_id: 'p', seller_id: 'short', created_at: iso(NOW) }]);
    await insertRows(database, 'inventory', [
      {
        product_id: 'p',
        current_stock: 5,
        reserved_stock: 2,
        safety_stock: 1,
        reorder_point: 4,
        updated_at: iso(NOW),
      },
    ]);
  });

  it('has the KPI record of each seller, the worst first, with its stock', async () => {
    const { items } = await api.ask<{ items: Bottleneck[] }>('/api/v1/logistics/bottleneck?min_orders=0');
    expect(items.map(({ key, state, recommendation }) => [key, state, recommendation])).toEqual([
      ['slow', 'CRITICAL', 'RESTOCK_WARNING'],
      ['short', 'NORMAL', 'REORDER'],
      ['fine', 'NORMAL', 'NONE'],
      ['new', 'WARNING', 'EXPEDITE_HAND_OVER'],
    ]);
    expect(items[0]).toMatchObject({
      avg_prep_delay_hrs: 120,
      current_outlier_count: 1,
      waiting_orders: 2,
      stock: null,
    });
    expect(items[1]).toMatchObject({ stock: { available_pieces: 3, reorder_point_pieces: 4 } });
    // 29 h over everybody; without the excess of the slow one over the others 170/9.
    expect(items[0]?.system_impact_potential).toBeCloseTo((10 * (120 - 1700 / 90)) / 2900);
  });

  it('sums up regions of sellers', async () => {
    const { items } = await api.ask<{ items: Bottleneck[] }>('/api/v1/logistics/bottleneck?by=region');
    expect(items.map(({ key }) => key)).toEqual(['RJ', 'SP']);
    expect(items[1]?.avg_prep_delay_hrs).toBeCloseTo(1900 / 80);
  });

  it('leaves out other states, and those with few orders', async () => {
    const keys = async (query: string) =>
      (await api.walk<Bottleneck>(`/api/v1/logistics/bottleneck?limit=1&${query}`)).map(({ key }) => key);
    expect(await keys('')).toEqual(['slow', 'short', 'fine']);
    expect(await keys('min_orders=20')).toEqual(['short', 'fine']);
    expect(await keys('state=NORMAL')).toEqual(['short', 'fine']);
    expect(await keys('state=WARNING&min_orders=0')).toEqual(['new']);
  });
});
