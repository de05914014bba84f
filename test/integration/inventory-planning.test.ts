import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { Milestone } from '../../domain/delivery/milestone.ts';
import { type ProductPlan, planSale, type Replenishment } from '../../domain/inventory/plan.ts';
import { saleOf } from '../../domain/inventory/sales.ts';
import { DAY, HOUR } from '../../domain/time/micros.ts';
import { loadConfig } from '../../platform/config/load.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { InventoryFollower } from '../../processor/sequence/inventory-follower.ts';
import { freshDatabase } from '../support/database.ts';
import { emptyTables, stockProducts } from '../support/empty-tables.ts';
import { auditOf } from '../support/held-orders.ts';
import { MemoryTopics } from '../support/memory-topics.ts';
import { MIDNIGHT, said } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { stockWithoutEvents } from '../support/stock-log.ts';
import { split } from '../support/traffic/shuffle.ts';

const { inventory: CONFIG } = loadConfig({ HOLDFAST_SUPPLIER: 'simulated', HOLDFAST_LEAD_TIME_DAYS: '3' });
const OPENING = new Map([
  ['p1', 6],
  ['p2', 3],
  ['untracked', null],
]);
const PLACE = { zip: null, city: null, state: null, latitude: null, longitude: null };

let database: Database | undefined;
let db: Database;

beforeEach(async () => {
  database ??= processorDatabase((await freshDatabase()).url);
  db = database;
  await empty();
});

async function empty(): Promise<void> {
  await emptyTables(db);
  await stockProducts(db, OPENING);
}

function approved(orderId: string, at: number, productId: string, quantity: number): Milestone {
  const line = { productId, sellerId: 's1', quantity, price: null, freight: null, handOverBy: null };
  return {
    kind: 'APPROVED',
    at,
    score: null,
    order: {
      ...{ orderId, sellerId: 's1', amount: null, region: null, from: PLACE, to: PLACE, promisedAt: null },
      ...{ createdAt: at, approvedAt: at, handedOverAt: null, deliveredAt: null, canceledAt: null },
      lines: [{ ...line, category: null, weightG: null, volumeCm3: null }],
    },
  };
}

/** The clock of a processor to which all of this is the past. */
function later(topics: MemoryTopics): MemoryTopics {
  topics.now = MIDNIGHT + 365 * DAY;
  return topics;
}

/** One pass of the sequence. */
async function pass(follower: InventoryFollower, milestones: readonly Milestone[], now: number) {
  follow(follower, milestones);
  follower.advance(now);
  await inTransaction(db, (connection) => follower.persist(connection));
}

/** A pass of a processor that dies between its last statement and the commit. */
function killedPass(follower: InventoryFollower, milestones: readonly Milestone[]): Promise<void> {
  follow(follower, milestones);
  return inTransaction(db, async (connection) => {
    await follower.persist(connection);
    throw new Error('killed');
  });
}

function follow(follower: InventoryFollower, milestones: readonly Milestone[]): void {
  for (const milestone of milestones) {
    follower.advance(milestone.at);
    follower.observe(milestone);
  }
}

async function tables(): Promise<unknown> {
  const { rows } = await db.query(
    `SELECT (SELECT jsonb_agg(to_jsonb(r) ORDER BY action_id) FROM replenishments r) AS replenishments,
            (SELECT jsonb_agg(jsonb_build_array(action_id, at, status, target, request, result) ORDER BY action_id) FROM actions) AS actions,
            (SELECT jsonb_agg(jsonb_build_array(dedup_key, status, severity, subject, evidence, opened_at, status_since) ORDER BY dedup_key)
             FROM alerts) AS alerts,
            (SELECT jsonb_agg(to_jsonb(p) ORDER BY product_id) FROM inventory_plans p) AS plans,
            (SELECT jsonb_agg(to_jsonb(i) - 'updated_at' ORDER BY product_id) FROM inventory i) AS inventory,
            (SELECT jsonb_agg(to_jsonb(e) - 'ingested_at' ORDER BY product_id, occurred_at, event_id) FROM inventory_events e) AS log`,
  );
  return rows[0];
}

const sales = fc
  .array(
    fc.record({
      step: fc.nat({ max: DAY }),
      productId: fc.constantFrom('p1', 'p1', 'p2', 'untracked'),
      quantity: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 10, maxLength: 40 },
  )
  .map((steps) => {
    let at = MIDNIGHT;
    return steps.map(({ step, productId, quantity }, i) => {
      at += step;
      return approved(`o${String(i).padStart(2, '0')}`, at, productId, quantity);
    });
  });

test('orders the same whatever the passes, restarts and kills, and as the plan says', async () => {
  await fc.assert(
    fc.asyncProperty(sales, fc.nat(), fc.integer({ min: 1, max: 12 }), async (milestones, seed, longest) => {
      const end = (milestones.at(-1)?.at ?? 0) + 5 * DAY;
      await empty();
      await pass(new InventoryFollower(CONFIG), milestones, end);
      await later(new MemoryTopics(db)).settle();
      const once = await tables();
      await empty();
      const topics = later(new MemoryTopics(db));
      let follower = new InventoryFollower(CONFIG);
      for (const [i, part] of split(milestones, seed, longest).entries()) {
        // Killed before it has committed: the pass is done again by another.
        if (i % 3 === 1) {
          await expect(killedPass(new InventoryFollower(CONFIG), part)).rejects.toThrow('killed');
          follower = new InventoryFollower(CONFIG);
        }
        await pass(follower, part, part.at(-1)?.at ?? 0);
        if (i % 2 === 0) await topics.settle();
      }
      await pass(follower, [], end);
      await topics.settle();
      expect(await tables()).toEqual(once);
      expect(await stockWithoutEvents(db)).toEqual([]);
      const { rows } = await db.query(
        'SELECT action_id, quantity FROM replenishments ORDER BY product_id, sequence',
      );
      const planned = plannedFrom(milestones).map(({ actionId, quantity }) => ({
        action_id: actionId,
        quantity,
      }));
      expect(rows).toEqual(planned);
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 6) },
  );
}, 180_000);

function plannedFrom(milestones: readonly Milestone[]): Replenishment[] {
  const plans = new Map(
    ['p1', 'p2'].map((productId): [string, ProductPlan] => [
      productId,
      {
        ...{
          productId,
          sellerId: null,
          opening: OPENING.get(productId) ?? 0,
          adjusted: 0,
          sold: 0,
          lastSaleAt: 0,
          ordered: 0,
        },
        ...{ orders: 0, inbound: [], leadTimeDays: 3, sales: new Map(), estimate: { mean: 0, sd: 0 } },
        ...{ target: { safetyStock: 0, reorderPoint: 0 }, regional: new Map() },
      },
    ]),
  );
  const orders = milestones.flatMap((one) => planSale(saleOf(one)!, plans, [], CONFIG.reorder));
  return orders.sort((a, b) =>
    a.productId < b.productId ? -1 : a.productId > b.productId ? 1 : a.sequence - b.sequence,
  );
}

test('an order to the supplier tells the seller, and is over when the pieces come', async () => {
  const topics = later(new MemoryTopics(db));
  const follower = new InventoryFollower(CONFIG);
  await pass(follower, [approved('o1', MIDNIGHT, 'p2', 3)], MIDNIGHT + DAY);
  await topics.settle();
  const { rows } = await db.query<{ alert_id: number }>(
    `SELECT alert_id, kind, severity, status, group_key, evidence FROM alerts`,
  );
  const figures = { available: 0, on_order: 0, reorder_point: 3, safety_stock: 2, ordered_quantity: 5 };
  expect(rows).toMatchObject([
    {
      ...{ kind: 'INVENTORY', severity: 'critical', status: 'OPEN', group_key: 'INVENTORY/seller/s1' },
      evidence: {
        product_id: 'p2',
        seller_id: 's1',
        ...figures,
        lead_time_days: 3,
        action_id: 'reorder-p2-1',
      },
    },
  ]);
  expect(topics.messages('actions')).toMatchObject([
    { type: 'command', action: 'REORDER', action_id: 'reorder-p2-1', product_id: 'p2', quantity: 5 },
  ]);
  const levels = () =>
    db.query(`SELECT available, on_order, position FROM stock_levels WHERE product_id = 'p2'`);
  expect((await levels()).rows).toEqual([{ available: 3, on_order: 5, position: 8 }]);

  await pass(follower, [], MIDNIGHT + 3 * DAY - 1);
  expect(await topics.relay()).toBe(0);
  await pass(follower, [], MIDNIGHT + 3 * DAY);
  await topics.settle();
  expect(topics.messages('inventory')).toMatchObject([
    { event_type: 'RECEIVED', quantity: 5, event_id: 'supplier/reorder-p2-1', order_id: 'reorder-p2-1' },
  ]);
  expect((await levels()).rows).toEqual([{ available: 8, on_order: 0, position: 8 }]);
  expect(await auditOf(db, rows[0]!.alert_id)).toEqual([
    'CLOSE holdfast auto OPEN>RESOLVED the ordered pieces came in',
  ]);
  const { rows: actions } = await db.query('SELECT status, result FROM actions');
  expect(actions).toMatchObject([{ status: 'DONE', result: { received_quantity: 5 } }]);
});

test('a lead time that no time could hold is taken as ten years', async () => {
  await db.query(`UPDATE products SET lead_time_days = CASE product_id WHEN 'p2' THEN 1e8 ELSE 'NaN' END`);
  const follower = new InventoryFollower(CONFIG);
  const sales = [approved('o1', MIDNIGHT, 'p2', 3), approved('o2', MIDNIGHT, 'p1', 6)];
  await pass(follower, sales, MIDNIGHT + DAY);
  const { rows } = await db.query('SELECT due_at FROM replenishments');
  expect(rows).toEqual([{ due_at: MIDNIGHT + 3660 * DAY }, { due_at: MIDNIGHT + 3660 * DAY }]);
});

test('a late sale leaves the estimate that of today', async () => {
  const estimate = async () =>
    (await db.query(`SELECT mean_daily_sales AS mean FROM inventory_plans WHERE product_id = 'p1'`)).rows[0]
      ?.mean;
  const follower = new InventoryFollower(CONFIG);
  await pass(follower, [approved('o1', MIDNIGHT, 'p1', 1)], MIDNIGHT + 40 * DAY);
  expect(await estimate()).toBe(0);
  follower.observe(approved('o2', MIDNIGHT + HOUR, 'p1', 1));
  await inTransaction(db, (connection) => follower.persist(connection));
  expect(await estimate()).toBe(0);
});

test('views show more on order than an integer holds', async () => {
  await db.query(
    `INSERT INTO replenishments (action_id, product_id, sequence, warehouse_id, quantity, ordered_at, due_at)
     SELECT 'r' || i, 'p1', i, 'a', 2147483647, now(), now() FROM generate_series(1, 3) AS i`,
  );
  await db.query(
    `INSERT INTO warehouse_demand (product_id, warehouse_id, mean_daily_sales, updated_at) VALUES ('p1', 'a', 1e9, now())`,
  );
  await db.query(`INSERT INTO inventory (product_id, current_stock, lead_time_days) VALUES ('p1', 6, 10)`);
  await db.query(
    `INSERT INTO warehouse_stock (product_id, warehouse_id, current, reserved, costed_pieces, costs) VALUES ('p1', 'b', 5e9, 0, 0, 0)`,
  );
  const of = async (view: string) => (await db.query(`SELECT * FROM ${view} WHERE product_id = 'p1'`)).rows;
  expect(await of('stock_levels')).toMatchObject([{ on_order: 6442450941, position: 6442450947 }]);
  const prestock = [
    { warehouse_id: 'a', expected_demand: 1e10, inbound: 6442450941, put_in: 3557549059 },
    { warehouse_id: 'b', available: 5e9 },
  ];
  expect(
    (await of('prestock_plan')).toSorted((a, b) => (a.warehouse_id < b.warehouse_id ? -1 : 1)),
  ).toMatchObject(prestock);
  expect(await of('stock_imbalance')).toMatchObject([{ movable_pieces: 5e9 }]);
});

test('pieces that come otherwise count for the plan, answers to its own orders once', async () => {
  const topics = later(new MemoryTopics(db));
  const received = async (quantity: number, at: number, more: Record<string, unknown> = {}) => {
    const { order_id: _, ...message } = said('RECEIVED', at, { product_id: 'p2', quantity, ...more });
    topics.append('inventory', {
      ...message,
      ...(more.order_id === undefined ? {} : { order_id: more.order_id }),
    });
    await topics.settle();
  };
  const follower = new InventoryFollower({ ...CONFIG, simulatedSupplier: false });
  const adjusted = async () =>
    (await db.query(`SELECT adjusted FROM inventory WHERE product_id = 'p2'`)).rows[0]?.adjusted;
  await received(40, HOUR);
  expect(await adjusted()).toBe(40);
  await pass(follower, [approved('o1', MIDNIGHT + 2 * HOUR, 'p2', 3)], MIDNIGHT + 3 * HOUR);
  expect((await db.query('SELECT * FROM replenishments')).rows).toEqual([]);
  await pass(follower, [approved('o2', MIDNIGHT + 4 * HOUR, 'p2', 38)], MIDNIGHT + 5 * HOUR);
  const [order] = (await db.query('SELECT quantity FROM replenishments')).rows;
  await received(order?.quantity + 2, 6 * HOUR);
  expect(await adjusted()).toBe(42);
  await received(7, 7 * HOUR, { order_id: 'reorder-p2-9' });
  expect(await adjusted()).toBe(42);
  expect((await db.query('SELECT received_at IS NULL AS open FROM replenishments')).rows).toEqual([
    { open: false },
  ]);
});
