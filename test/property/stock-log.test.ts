import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Topic } from '../../platform/config/variables.ts';
import type { Database } from '../../platform/database/database.ts';
import { rebuildStock } from '../../processor/inventory/rebuild-stock.ts';
import { freshDatabase } from '../support/database.ts';
import { emptyTables, stockProducts } from '../support/empty-tables.ts';
import { MemoryTopics } from '../support/memory-topics.ts';
import { created, said } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { stockWithoutEvents } from '../support/stock-log.ts';
import { MINUTE, SECOND } from '../support/traffic/times.ts';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 10);
/** Little, so that orders compete; p3 is tracked once some of it has come in. */
const STOCK = new Map([
  ['p1', 3],
  ['p2', 1],
  ['p3', null],
]);
const PRODUCTS = [...STOCK.keys()];
const ORDERS = ['o1', 'o2', 'o3', 'o4', 'o5', 'o6'];

type Step =
  | { kind: 'message'; topic: 'orders' | 'inventory'; message: Record<string, unknown> }
  | { kind: 'act'; action: 'RESOLVE' | 'RETRY'; decision: 'release' | 'cancel'; which: number }
  /** How many records of which topic are processed next. */
  | { kind: 'process'; topic: Topic; most: number };

const line = fc.record({
  product_id: fc.constantFrom(...PRODUCTS),
  quantity: fc.integer({ min: 1, max: 2 }),
});

const orderStep: fc.Arbitrary<Step> = fc
  .record({
    order_id: fc.constantFrom(...ORDERS),
    at: fc.integer({ min: 0, max: 12 }),
    items: fc.array(line, { minLength: 1, maxLength: 3 }),
    type: fc.constantFrom(
      'CREATED',
      'CREATED',
      'PAID',
      'PAID',
      'HOLD',
      'HOLD_CLEARED',
      'SHIPPED',
      'CANCELED',
    ),
  })
  .map(({ order_id, at, items, type }) => ({
    kind: 'message',
    topic: 'orders',
    message:
      type === 'CREATED'
        ? created(order_id, at * SECOND, { product_id: null, user_id: order_id, items })
        : said(type, at * MINUTE, { order_id }),
  }));

const stockStep: fc.Arbitrary<Step> = fc
  .record({
    product_id: fc.constantFrom(...PRODUCTS),
    at: fc.integer({ min: 0, max: 12 }),
    quantity: fc.integer({ min: 1, max: 4 }),
    order_id: fc.constantFrom(null, null, 'o1'),
    warehouse_id: fc.constantFrom(null, 'w1', 'w2'),
    unit_cost: fc.constantFrom(null, 2, 0.1),
    type: fc.constantFrom('RECEIVED', 'RECEIVED', 'RETURNED', 'DAMAGED', 'SHIPPED', 'RESERVED', 'RELEASED'),
  })
  .map(({ type, at, ...more }) => ({
    kind: 'message',
    topic: 'inventory',
    message: said(type, at * MINUTE, more),
  }));

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: orderStep },
  { weight: 2, arbitrary: stockStep },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      action: fc.constantFrom('RESOLVE' as const, 'RETRY' as const),
      decision: fc.constantFrom('release' as const, 'cancel' as const),
      which: fc.nat(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('process' as const),
      topic: fc.constantFrom<Topic>('orders', 'orders', 'inventory', 'holds', 'actions'),
      most: fc.integer({ min: 1, max: 6 }),
    }),
  },
);

let db: Database;

beforeAll(async () => {
  db = processorDatabase((await freshDatabase()).url);
});

async function run(topics: MemoryTopics, one: Step): Promise<void> {
  topics.now += SECOND;
  if (one.kind === 'message') return topics.append(one.topic, one.message);
  if (one.kind === 'process') {
    await topics.relay();
    await topics.process(one.topic, one.most);
    return;
  }
  const { rows } = await db.query<{ alert_id: number }>(
    `SELECT alert_id FROM alerts JOIN holds h USING (hold_id)
     WHERE alerts.status = 'OPEN' AND h.status = 'OPEN' ORDER BY h.order_id, reason_code, episode`,
  );
  const alert = rows[one.which % Math.max(1, rows.length)];
  if (alert !== undefined)
    await topics.ask({ action: one.action, alerts: [alert.alert_id], decision: one.decision });
}

async function levels(): Promise<unknown[]> {
  const { rows } = await db.query(
    'SELECT product_id, current_stock, reserved_stock FROM inventory ORDER BY 1',
  );
  return rows;
}

async function log(): Promise<unknown[]> {
  const { rows } = await db.query(
    `SELECT to_jsonb(e) - 'ingested_at' AS row FROM inventory_events e ORDER BY product_id, occurred_at, event_id`,
  );
  return rows;
}

const COLUMNS = ['current', 'reserved', 'costed_pieces', 'costs'] as const;

async function warehouses(): Promise<unknown[]> {
  const { rows } = await db.query(
    `SELECT product_id, warehouse_id, ${COLUMNS.join('::float8, ')}::float8 FROM warehouse_stock ORDER BY 1, 2`,
  );
  return rows.map((row) => ({ ...row, costs: cents(row.costs) }));
}

const cents = (costs: number) => Math.round(costs * 100);

/** The log, counted event by event. */
async function warehousesByLog(): Promise<unknown[]> {
  const { rows } = await db.query(
    'SELECT * FROM inventory_events WHERE warehouse_id IS NOT NULL ORDER BY product_id, warehouse_id',
  );
  const counted = new Map<string, Record<(typeof COLUMNS)[number], number>>();
  for (const { product_id, warehouse_id, event_type, quantity, order_id, unit_cost } of rows) {
    const key = JSON.stringify({ product_id, warehouse_id });
    const sums = counted.get(key) ?? { current: 0, reserved: 0, costed_pieces: 0, costs: 0 };
    counted.set(key, sums);
    if (event_type === 'RECEIVED' || event_type === 'RETURNED') sums.current += quantity;
    if (event_type === 'SHIPPED' || event_type === 'DAMAGED') sums.current -= quantity;
    if (event_type === 'RESERVED') sums.reserved += quantity;
    if (event_type === 'RELEASED') sums.reserved -= quantity;
    if (event_type === 'SHIPPED' && order_id !== null) sums.reserved -= quantity;
    if (event_type !== 'RECEIVED' || unit_cost === null) continue;
    sums.costed_pieces += quantity;
    sums.costs += quantity * unit_cost;
  }
  return [...counted].map(([key, sums]) => ({ ...JSON.parse(key), ...sums, costs: cents(sums.costs) }));
}

/** Pieces by product that the reservations of orders hold. */
async function reserved(): Promise<unknown[]> {
  const { rows } = await db.query(
    `SELECT product_id, coalesce(sum(r.quantity) FILTER (WHERE r.state = 'RESERVED'), 0)::integer AS reserved_stock
     FROM inventory LEFT JOIN stock_reservations r USING (product_id) GROUP BY 1 ORDER BY 1`,
  );
  return rows;
}

it(
  'the stock is the sum of its events after every step of any traffic, and can be built from them alone',
  () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 50 }), async (steps) => {
        await emptyTables(db);
        await stockProducts(db, STOCK);
        const topics = new MemoryTopics(db);
        for (const one of steps) {
          await run(topics, one);
          expect(await stockWithoutEvents(db)).toEqual([]);
          expect(await warehouses()).toEqual(await warehousesByLog());
        }
        await topics.settle();
        expect(await stockWithoutEvents(db)).toEqual([]);
        const known = await levels();
        const knownWarehouses = await warehouses();
        expect(knownWarehouses).toEqual(await warehousesByLog());
        expect(await reserved()).toEqual(
          known.map((row) => {
            const { product_id, reserved_stock } = row as { product_id: string; reserved_stock: number };
            return { product_id, reserved_stock };
          }),
        );

        await db.query(
          `UPDATE inventory SET current_stock = 1000, reserved_stock = 7 WHERE product_id <> 'p2'`,
        );
        await db.query(`DELETE FROM inventory WHERE product_id = 'p2'`);
        await db.query(
          `UPDATE warehouse_stock SET current = 1000, reserved = 7, costs = costs + 1 WHERE warehouse_id = 'w1'`,
        );
        await db.query(`DELETE FROM warehouse_stock WHERE warehouse_id = 'w2'`);
        await rebuildStock(db);
        expect(await levels()).toEqual(known);
        expect(await warehouses()).toEqual(knownWarehouses);
        expect(await rebuildStock(db)).toEqual({ products: [], warehouses: [] });

        const before = await log();
        await db.query('UPDATE consumer_offsets SET next_offset = 0');
        await topics.settle();
        expect(await log()).toEqual(before);
        expect(await levels()).toEqual(known);
        expect(await warehouses()).toEqual(knownWarehouses);
      }),
      { numRuns: RUNS },
    ),
  60_000 + RUNS * 20_000,
);
