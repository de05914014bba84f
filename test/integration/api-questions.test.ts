import { beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../domain/time/micros.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import { loadConfig } from '../../platform/config/load.ts';
import { type Database, openDatabase } from '../../platform/database/database.ts';
import { reading } from '../../platform/database/reading.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { questions } from '../../processor/api/questions.ts';
import { readParameters } from '../../processor/api/request/read-parameters.ts';
import { type ApiServer, apiServer } from '../support/api-server.ts';
import { freshDatabase, skipUnlessNative } from '../support/database.ts';
import {
  iso,
  NOW,
  outcome,
  outcomeRow,
  riskRow,
  scoreRow,
  statsRow,
  watchRow,
} from '../support/delivery-rows.ts';
import { insertRows } from '../support/insert-rows.ts';
import { processorDatabase, silentLogger } from '../support/orders-processor.ts';

let url: string;
let database: Database;
let api: ApiServer;

beforeAll(async () => {
  ({ url } = await freshDatabase());
  database = processorDatabase(url);
  api = await apiServer(database);
  await database.query('UPDATE sequence_state SET sequenced_to = $1', [iso(NOW)]);
  await insertRows(database, 'sellers', [
    { seller_id: 'S-1', name: 'One', city: 'campinas', state: 'SP' },
    { seller_id: 'quiet' },
  ]);
  await insertRows(database, 'seller_stats', [
    statsRow('S-1', 4, 30, {
      preparation_m2: 3 * 7200 ** 2,
      preparation_bins: [
        [200, 2],
        [220, 2],
      ],
      deliveries: 10,
      late: 3,
      reviews: 4,
      review_sum: 14,
      sla_breaches: 5,
      warned_at: iso(NOW - DAY),
      warning_open: true,
    }),
  ]);
  await insertRows(database, 'seller_scores', [
    scoreRow('2026-02-01', 'S-1', 2, { month_rank: 1 }),
    scoreRow('2026-02-01', 'S-2', 1, { month_rank: 2 }),
    ...Array.from({ length: 7 }, (_, i) => scoreRow('2026-03-01', `S-${i}`, i < 3 ? 1 : i + 1)),
  ]);
  await insertRows(database, 'delivery_watches', [
    watchRow('a'),
    watchRow('b', { waits: 'HAND_OVER', passed: true, region: 'RJ' }),
    watchRow('c', { seller_id: 'S-2' }),
    watchRow('never assessed'),
  ]);
  await insertRows(database, 'delivery_risks', [
    riskRow('a', NOW - 3 * DAY, 0.9, { moment: 'APPROVAL' }),
    riskRow('a', NOW - DAY, 0.2),
    riskRow('b', NOW - 90 * DAY, 0.6, { moment: 'APPROVAL' }),
    riskRow('b', NOW - HOUR, 0.8, { moment: 'PREPARATION', limit_at: iso(NOW - HOUR) }),
    riskRow('c', NOW - HOUR, 0.8),
    riskRow('arrived', NOW - HOUR, 0.99),
  ]);
  await insertRows(
    database,
    'route_stats',
    Array.from({ length: 9 }, (_, i) => ({
      level: i === 8 ? 'city' : 'state',
      route: `SP>R${i}`,
      trips: i === 7 ? 3 : 20,
      mean_seconds: (1 + (i % 4)) * 86_400,
      m2_seconds: 19 * 3600 ** 2,
      log_mean: 11,
      log_m2: 1,
      distance_km: i === 0 ? null : 100 * i,
      late: i === 7 ? 3 : 5,
      updated_at: iso(NOW),
      distance_trips: 0,
      weight_trips: 0,
      volume_trips: 0,
    })),
  );
  await insertRows(
    database,
    'delivery_outcomes',
    [1, 2, 3, 4, 5].map((days) =>
      outcomeRow(outcome(`r${days}`, NOW - DAY, { createdAt: NOW - (5 + days) * DAY })),
    ),
  );
  await insertRows(
    database,
    'reviews',
    [1, 2, 3, 4, 5].map((days) => ({
      occurred_at: iso(NOW - HOUR),
      order_id: `r${days}`,
      event_id: 'e',
      content_hash: days,
      score: 6 - days,
      reasons: [],
      comment: 'secret words',
      ingested_at: iso(NOW),
    })),
  );
  await insertRows(database, 'incidents', [
    {
      incident_id: 'INC-1',
      opened_at: iso(NOW),
      updated_at: iso(NOW),
      scope: {},
      severity: 'warning',
      causes: [],
      findings: [],
      series_keys: [],
      alert_key: 'INC-1',
    },
  ]);
  await seedStock();
  await seedRoutes();
});

function base64(text: string): string {
  return Buffer.from(text).toString('base64url');
}

async function seedRoutes(): Promise<void> {
  await insertRows(database, 'products', [
    { product_id: 'P-7', category: 'toys', seller_id: 'far', created_at: iso(NOW) },
  ]);
  const item = { partition_at: iso(NOW), line: 1, product_id: 'P-7', quantity: 1 };
  await insertRows(database, 'order_items', [
    { ...item, order_id: 'i1', seller_id: 'S-1' },
    { ...item, order_id: 'i2', seller_id: 'S-1' },
  ]);
  await insertRows(database, 'zip_coordinates', [
    { zip: '20000', latitude: -22.9, longitude: -43.2, city: 'rio', state: 'RJ' },
  ]);
  const route = { m2_seconds: 1e10, log_mean: 13, log_m2: 20, late: 1, updated_at: iso(NOW) };
  const means = { distance_trips: 0, weight_trips: 0, volume_trips: 0 };
  await insertRows(database, 'route_stats', [
    { ...route, ...means, level: 'all', route: '*', trips: 1000, mean_seconds: 12 * 86_400 },
    { ...route, ...means, level: 'state', route: 'SP>RJ', trips: 200, mean_seconds: 5 * 86_400 },
  ]);
}

async function seedStock(): Promise<void> {
  await insertRows(database, 'products', [
    {
      product_id: 'P-1',
      product_name: 'Lamp',
      category: 'light',
      seller_id: 'S-1',
      opening_stock: 9,
      created_at: iso(NOW),
    },
    { product_id: 'untracked', created_at: iso(NOW) },
  ]);
  await insertRows(database, 'inventory', [
    {
      product_id: 'P-2',
      current_stock: 8,
      reserved_stock: 3,
      safety_stock: 2,
      reorder_point: 6,
      lead_time_days: 4,
      updated_at: iso(NOW),
    },
  ]);
  await insertRows(
    database,
    'warehouse_demand',
    ['W-1', 'W-2'].map((warehouse_id) => ({
      product_id: 'P-2',
      warehouse_id,
      sales: {},
      mean_daily_sales: 1,
      updated_at: iso(NOW),
    })),
  );
  await insertRows(database, 'warehouse_stock', [
    { product_id: 'P-2', warehouse_id: 'W-1', current: 10, reserved: 0, costed_pieces: 10, costs: 25 },
  ]);
}

describe('GET /api/v1/orders/at-risk', () => {
  interface Risk {
    order_id: string;
    probability: number;
    moment: string;
    limit_passed: boolean;
  }

  it('has the latest assessment of orders under way, the most probably late first', async () => {
    const items = await api.walk<Risk>('/api/v1/orders/at-risk?limit=1');
    expect(items.map(({ order_id, probability, moment }) => [order_id, probability, moment])).toEqual([
      ['b', 0.8, 'PREPARATION'],
      ['c', 0.8, 'HAND_OVER'],
      ['a', 0.2, 'HAND_OVER'],
    ]);
    expect(items[0]?.limit_passed).toBe(true);
  });

  it.each([
    ['min_probability=0.5', ['b', 'c']],
    ['region=SP', ['c', 'a']],
    ['seller_id=S-2', ['c']],
    ['seller_id=S-2&region=RJ', []],
  ])('%s', async (query, expected) => {
    const { items } = await api.ask<{ items: Risk[] }>(`/api/v1/orders/at-risk?${query}`);
    expect(items.map(({ order_id }) => order_id)).toEqual(expected);
  });
});

describe('GET /api/v1/sellers/ranking', () => {
  interface Ranking {
    month: string;
    sellers_of_the_month: string[];
    items: { seller_id: string; rank: number }[];
  }

  it('is of the last month unless another is named', async () => {
    const items = await api.walk<{ seller_id: string }>('/api/v1/sellers/ranking?limit=2');
    expect(items.map(({ seller_id }) => seller_id)).toEqual([
      'S-0',
      'S-1',
      'S-2',
      'S-3',
      'S-4',
      'S-5',
      'S-6',
    ]);
    const february = await api.ask<Ranking>('/api/v1/sellers/ranking?month=2026-02');
    expect(february).toMatchObject({ month: '2026-02', sellers_of_the_month: ['S-1'] });
    expect(february.items.map(({ seller_id, rank }) => [seller_id, rank])).toEqual([
      ['S-2', 1],
      ['S-1', 2],
    ]);
  });

  it('is empty for a month without scores', async () => {
    expect(await api.ask('/api/v1/sellers/ranking?month=2016-01')).toEqual({
      month: '2016-01',
      sellers_of_the_month: [],
      items: [],
      next: null,
    });
  });
});

describe('GET /api/v1/sellers/:seller_id', () => {
  it('tells how its preparation times spread, its months, its orders at risk', async () => {
    const seller = await api.ask<{
      preparation: Record<string, number>;
      orders_at_risk: { order_id: string }[];
    }>('/api/v1/sellers/S-1');
    expect(seller).toMatchObject({
      name: 'One',
      state: 'SP',
      late_rate: 0.3,
      mean_review_score: 3.5,
      sla_breaches: 5,
      restock_warning_open: true,
      months: [
        { month: '2026-03', rank: 1 },
        { month: '2026-02', rank: 2, month_rank: 1 },
      ],
    });
    expect(seller.preparation).toMatchObject({ orders: 4, mean_hours: 30, sd_hours: 2 });
    expect(seller.preparation.p50_hours).toBeCloseTo(1.05 ** 200 / 3600);
    expect(seller.preparation.p95_hours).toBeCloseTo(1.05 ** 220 / 3600);
    expect(seller.orders_at_risk.map(({ order_id }) => order_id)).toEqual(['b', 'a']);
    expect(await api.ask('/api/v1/sellers/S-1?months=1')).toMatchObject({ months: [{ month: '2026-03' }] });
  });

  it('knows a seller that has sold nothing, and does not know others', async () => {
    expect(await api.ask('/api/v1/sellers/quiet')).toMatchObject({ orders: 0, late_rate: null, months: [] });
    expect(await api.refuse('/api/v1/sellers/nobody', 404)).toContain('nobody');
  });
});

describe('GET /api/v1/routes/recommend', () => {
  interface Recommended {
    destination: object;
    product: object;
    items: { seller_id: string; expected_hours: number; why: string; transit: object }[];
  }

  const PATH = '/api/v1/routes/recommend?product_id=P-7&customer_zip=';

  it('ranks the sellers that can serve it, and says why', async () => {
    const answer = await api.ask<Recommended>(`${PATH}20000`);
    expect(answer.product).toEqual({
      product_id: 'P-7',
      product_name: null,
      category: 'toys',
      available_pieces: null,
    });
    expect(answer.destination).toEqual({ zip: '20000', city: 'rio', state: 'RJ', is_known: true });
    expect(answer.items.map(({ seller_id }) => seller_id)).toEqual(['S-1', 'far']);
    const [near, far] = answer.items;
    expect(near?.transit).toMatchObject({ level: 'state', route: 'SP>RJ', trips: 200 });
    expect(far?.transit).toMatchObject({ level: 'all', route: '*' });
    expect(near!.expected_hours).toBeLessThan(far!.expected_hours);
    expect(near?.why).toContain('SP>RJ');
    expect((await api.ask<Recommended>(`${PATH}20000&limit=1`)).items).toHaveLength(1);
  });

  it('falls back to all routes where nobody knows the place, and knows no other product', async () => {
    const { destination, items } = await api.ask<Recommended>(`${PATH}99999`);
    expect(destination).toMatchObject({ is_known: false });
    expect(items.map(({ transit }) => transit)).toMatchObject([{ level: 'all' }, { level: 'all' }]);
    expect(await api.refuse('/api/v1/routes/recommend?product_id=none&customer_zip=1', 404)).toContain(
      'none',
    );
    expect(await api.refuse('/api/v1/routes/recommend', 400)).toBe(
      'product_id is missing; customer_zip is missing.',
    );
  });
});

describe('GET /api/v1/routes/ranking', () => {
  it.each([
    ['slowest', ['RJ', 'R3', 'R2', 'R6', 'R1', 'R5', 'R0', 'R4']],
    ['fastest', ['R0', 'R4', 'R1', 'R5', 'R2', 'R6', 'R3', 'RJ']],
  ])('%s first, with enough trips', async (order, expected) => {
    const items = await api.walk<{ route: string }>(`/api/v1/routes/ranking?order=${order}&limit=2`);
    expect(items.map(({ route }) => route)).toEqual(expected.map((name) => `SP>${name}`));
  });

  it('tells speed and spread', async () => {
    const { items } = await api.ask<{ items: object[] }>('/api/v1/routes/ranking?order=fastest&min_trips=1');
    expect(items[0]).toMatchObject({ mean_hours: 24, sd_hours: 1, late_rate: 0.25, km_per_day: null });
    expect(items[1]).toMatchObject({ mean_distance_km: 400, km_per_day: 400 });
  });
});

describe('GET /api/v1/reviews/correlation', () => {
  it('finds that slow deliveries have bad reviews', async () => {
    const answer = await api.ask<{ measures: { measure: string; pearson: number | null }[] }>(
      '/api/v1/reviews/correlation',
    );
    expect(answer).toMatchObject({ reviews: 5, mean_score: 3 });
    const [total, preparation] = answer.measures;
    expect(total).toMatchObject({ measure: 'total', pairs: 5 });
    expect(total?.pearson).toBeCloseTo(-1);
    expect(preparation).toMatchObject({ pearson: null });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(await api.ask('/api/v1/reviews/correlation?seller_id=S-9')).toMatchObject({ reviews: 0 });
  });
});

describe('GET /api/v1/inventory', () => {
  it('has tracked products by their id', async () => {
    const items = await api.walk<object>('/api/v1/inventory?limit=1');
    expect(items).toMatchObject([
      { product_id: 'P-1', product_name: 'Lamp', available_pieces: 9, reorder_point_pieces: null },
      { product_id: 'P-2', current_stock_pieces: 8, available_pieces: 5, reorder_point_pieces: 6 },
    ]);
    const low = await api.ask<{ items: object[] }>('/api/v1/inventory?below_reorder_point=true');
    expect(low.items).toMatchObject([{ product_id: 'P-2' }]);
    expect(await api.ask('/api/v1/inventory?category=light&seller_id=S-1&product_id=P-1')).toMatchObject({
      items: [{ product_id: 'P-1' }],
    });
  });

  it('shows what is short here and lies there', async () => {
    const { items } = await api.ask<{ items: object[] }>('/api/v1/inventory/imbalance');
    expect(items).toMatchObject([
      {
        short_warehouse_id: 'W-2',
        surplus_warehouse_id: 'W-1',
        movable_pieces: 5,
        duplicated_inbound_cost: 12.5,
      },
    ]);
    expect(await api.ask('/api/v1/inventory/imbalance?product_id=P-1')).toMatchObject({ items: [] });
  });

  it('says where to put how many', async () => {
    const { items } = await api.ask<{ items: object[] }>('/api/v1/inventory/prestock');
    expect(items).toMatchObject([{ warehouse_id: 'W-2', expected_demand_pieces: 5, put_in_pieces: 5 }]);
    const all = await api.walk<object>('/api/v1/inventory/prestock?needed=false&limit=1');
    expect(all).toMatchObject([{ warehouse_id: 'W-1', put_in_pieces: 0 }, { warehouse_id: 'W-2' }]);
  });
});

describe('every question', () => {
  it('needs no more than the reader may read', async () => {
    const config = loadConfig({});
    for (const one of questions) {
      const given = { seller_id: 'S-1', product_id: 'P-1', customer_zip: '01000', incident_id: 'INC-1' };
      const needed = Object.keys({ ...one.place.shape, ...one.query.shape }).filter(
        (name) =>
          !(
            { ...one.place.shape, ...one.query.shape }[name] as {
              safeParse(v: unknown): { success: boolean };
            }
          ).safeParse(undefined).success,
      );
      const pick = (names: string[]) =>
        Object.fromEntries(names.map((name) => [name, given[name as keyof typeof given]]));
      const parameters = {
        ...readParameters(one.place, pick(needed.filter((name) => name in one.place.shape))),
        ...readParameters(one.query, pick(needed.filter((name) => name in one.query.shape))),
      };
      await inTransaction(database, async (db) => {
        await db.query('SET LOCAL ROLE grafana_reader');
        await one.ask({ db, config, clock: systemClock, linkTo: () => '' }, parameters);
      }).catch((error: Error) => expect.fail(`${one.path}: ${error.message}`));
    }
  });

  it('is asked where nothing can be written', async () => {
    const writing = reading(database, (db) => db.query(`INSERT INTO sellers (seller_id) VALUES ('x')`));
    await expect(writing).rejects.toThrow('read-only');
  });

  it.each(questions.filter((one) => one.notFound === undefined).map((one) => one.path))(
    '%s refuses parameters it does not have',
    async (path) => {
      const detail = await api.refuse(`${path}?limmit=3`, 400);
      expect(detail).toContain('limmit is no parameter of this path: there are');
    },
  );

  it.each([
    ['/api/v1/orders/at-risk?limit=0', 'limit must be a whole number from 1 to 500'],
    ['/api/v1/orders/at-risk?limit=501', 'limit must be a whole number from 1 to 500'],
    ['/api/v1/orders/at-risk?limit=', 'limit must be a whole number'],
    ['/api/v1/orders/at-risk?limit=1e2', 'limit must be a whole number'],
    ['/api/v1/orders/at-risk?limit=5&limit=6', 'limit must be a whole number'],
    ['/api/v1/orders/at-risk?limit[]=5', 'is no parameter'],
    ['/api/v1/orders/at-risk?min_probability=2', 'min_probability must be a number from 0 to 1'],
    ['/api/v1/orders/at-risk?region=', 'region is empty'],
    ['/api/v1/orders/at-risk?region=%00', 'region is not valid Unicode text'],
    ['/api/v1/orders/at-risk?region=a&region=b', 'region must be given once'],
    [`/api/v1/orders/at-risk?region=${'x'.repeat(201)}`, 'region has more than 200 characters'],
    ['/api/v1/orders/at-risk?cursor=x', 'cursor is not one of this list'],
    ['/api/v1/orders/at-risk?cursor=', 'cursor is not one of this list'],
    ['/api/v1/orders/at-risk?cursor=WyJhIl0', 'cursor is not one of this list'],
    ['/api/v1/orders/at-risk?cursor=WzEsIlx1MDAwMCJd', 'cursor is not one of this list'],
    ['/api/v1/sellers/ranking?cursor=WzEuNSwieCJd', 'cursor is not one of this list'],
    [`/api/v1/sellers/ranking?cursor=${base64('[1e20,"x"]')}`, 'cursor is not one of this list'],
    [`/api/v1/orders/at-risk?cursor=${base64('[1e999,"x"]')}`, 'cursor is not one of this list'],
    [`/api/v1/orders/at-risk?cursor=${base64('["1","x"]')}`, 'cursor is not one of this list'],
    ['/api/v1/sellers/ranking?month=2026-13', 'month must be a month, like 2026-03'],
    ['/api/v1/logistics/delays?as_of=2026-03-01', 'as_of must be a time since 2000 with an offset'],
    ['/api/v1/logistics/delays?as_of=1999-03-01T00:00:00Z', 'as_of must be a time since 2000'],
    [
      '/api/v1/logistics/delays?by=planet&window_days=8',
      'by must be one of region, seller; window_days must be 7, 30 or 90',
    ],
    ['/api/v1/sellers/%00', 'seller_id is not valid Unicode text'],
    ['/api/v1/sellers/S-1?months=0', 'months must be a whole number from 1 to 120'],
  ])('%s: %s', async (path, expected) => {
    expect(await api.refuse(path, 400)).toContain(expected);
  });

  it('reads a blank for the + of a time, which addresses have to write %2B', async () => {
    expect(await api.refuse('/api/v1/logistics/delays?as_of=2026-03-01T09:30:00+09:00', 400)).toContain(
      '%2B',
    );
    await api.ask('/api/v1/logistics/delays?as_of=2026-03-01T09:30:00%2B09:00');
  });

  it('changes nothing, whatever the method', async () => {
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect((await fetch(`${api.url}/api/v1/inventory`, { method })).status).toBe(404);
  });

  skipUnlessNative('is given up when it takes too long, and says so', async () => {
    const impatient = openDatabase({
      url,
      poolSize: 2,
      program: 'test',
      logger: silentLogger,
      statementTimeoutMs: 300,
    });
    const blocker = await database.connect();
    try {
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE route_stats IN ACCESS EXCLUSIVE MODE');
      const slow = await apiServer(impatient);
      expect(await slow.refuse('/api/v1/routes/ranking', 503)).toContain('Ask for less');
    } finally {
      await blocker.query('ROLLBACK');
      blocker.release();
      await impatient.end();
    }
  });
});
