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
        }
        await topics.settle();
        expect(await stockWithoutEvents(db)).toEqual([]);
        const known = await levels();
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
        await rebuildStock(db);
        expect(await levels()).toEqual(known);
        expect(await rebuildStock(db)).toEqual([]);

        const before = await log();
        await db.query('UPDATE consumer_offsets SET next_offset = 0');
        await topics.settle();
        expect(await log()).toEqual(before);
        expect(await levels()).toEqual(known);
      }),
      { numRuns: RUNS },
    ),
  60_000 + RUNS * 20_000,
);
