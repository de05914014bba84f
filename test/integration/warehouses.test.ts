import { beforeEach, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { freshDatabase } from '../support/database.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { MemoryTopics } from '../support/memory-topics.ts';
import { said } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';

let topics: MemoryTopics;
let database: Database | undefined;
let db: Database;

beforeEach(async () => {
  database ??= processorDatabase((await freshDatabase()).url);
  db = database;
  await emptyTables(db);
  topics = new MemoryTopics(db);
  // 8 pieces of safety stock, of which a warehouse gets as much as it has of the demand.
  await db.query(
    `INSERT INTO inventory (product_id, current_stock, safety_stock, lead_time_days) VALUES ('p1', 60, 8, 5), ('p2', 9, 0, 5)`,
  );
  await db.query(
    `INSERT INTO warehouse_demand (product_id, warehouse_id, mean_daily_sales, updated_at)
     VALUES ('p1', 'a', 2, now()), ('p1', 'b', 1, now()), ('p1', 'c', 1, now()), ('p2', 'a', 0.5, now())`,
  );
});

/** What warehouses say they have, with what it cost to bring it in. */
async function receive(
  ...rows: [product: string, warehouse: string, pieces: number, unitCost: number | null][]
) {
  for (const [product_id, warehouse_id, quantity, unit_cost] of rows)
    topics.append('inventory', { ...said('RECEIVED', 0, { product_id, quantity }), warehouse_id, unit_cost });
  await topics.settle();
}

test('expects the demand of the lead time and a share of the safety stock where customers are near', async () => {
  await receive(['p1', 'a', 5, null], ['p1', 'b', 40, null], ['p2', 'd', 9, null]);
  await db.query(
    `INSERT INTO replenishments (action_id, product_id, sequence, warehouse_id, quantity, received_quantity, ordered_at, due_at)
     VALUES ('r1', 'p1', 1, 'a', 6, 2, now(), now())`,
  );
  const { rows } = await db.query(
    `SELECT product_id, warehouse_id, expected_demand, available, inbound, put_in FROM prestock_plan ORDER BY 1, 2`,
  );
  const plan = (product_id: string, warehouse_id: string, ...figures: number[]) => ({
    ...{ product_id, warehouse_id, expected_demand: figures[0], available: figures[1] },
    ...{ inbound: figures[2], put_in: figures[3] },
  });
  expect(rows).toEqual([
    plan('p1', 'a', 14, 5, 4, 5),
    plan('p1', 'b', 7, 40, 0, 0),
    plan('p1', 'c', 7, 0, 0, 7),
    plan('p2', 'a', 3, 0, 0, 3),
    plan('p2', 'd', 0, 9, 0, 0),
  ]);
});

test('shows a shortage with the surplus of the same product, each piece once, and what it costs twice', async () => {
  // a needs 14 and has 4; c needs 7 and has none; b has 12 more than it needs, d 3.
  await receive(['p1', 'a', 4, 2], ['p1', 'b', 19, 3], ['p1', 'd', 3, null]);
  const { rows } = await db.query(
    `SELECT short_warehouse, short_pieces, surplus_warehouse, surplus_pieces, movable_pieces,
            round(unit_inbound_cost, 4) AS unit_cost, round(duplicated_inbound_cost, 2) AS cost
     FROM stock_imbalance WHERE product_id = 'p1' ORDER BY short_warehouse, surplus_warehouse`,
  );
  const pair = (short: [string, number], surplus: [string, number], movable: number, cost: string) => ({
    ...{ short_warehouse: short[0], short_pieces: short[1] },
    ...{ surplus_warehouse: surplus[0], surplus_pieces: surplus[1], movable_pieces: movable },
    ...{ unit_cost: '2.8261', cost },
  });
  // (4 x 2 + 19 x 3) / 23 a piece; 15 of the 17 missing ones lie elsewhere.
  expect(rows.map((row) => ({ ...row, unit_cost: String(row.unit_cost), cost: String(row.cost) }))).toEqual([
    pair(['a', 10], ['b', 12], 10, '28.26'),
    pair(['c', 7], ['b', 12], 2, '5.65'),
    pair(['c', 7], ['d', 3], 3, '8.48'),
  ]);
});

test('takes the cost of a piece from those alone whose cost is known', async () => {
  await receive(['p1', 'b', 40, null], ['p1', 'b', 2, 3], ['p1', 'c', 2, 5]);
  const { rows } = await db.query(
    `SELECT DISTINCT unit_inbound_cost::float8 AS cost FROM stock_imbalance WHERE product_id = 'p1'`,
  );
  expect(rows).toEqual([{ cost: 4 }]);
});

test('shows nothing where everybody has what is needed, or nobody', async () => {
  await receive(['p1', 'a', 14, 2], ['p1', 'b', 7, 2], ['p1', 'c', 20, 2]);
  expect((await db.query('SELECT * FROM stock_imbalance')).rows).toEqual([]);
});
