import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../stack/install/paths.mjs';
import { freshDatabase } from '../support/database.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { stockWithoutEvents } from '../support/stock-log.ts';

const FOLDER = join(projectRoot, 'timescale', 'init');
const THE_LOG = '0017';

test('a database from before the log keeps its stock, and the log begins with it', async () => {
  const { url } = await freshDatabase({ migrated: false });
  const db = processorDatabase(url);
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort();
  const apply = async (of: readonly string[]) => {
    for (const file of of) await db.query(await readFile(join(FOLDER, file), 'utf8'));
  };
  await apply(files.filter((file) => file < THE_LOG));
  await db.query(
    `INSERT INTO products (product_id, opening_stock) VALUES ('p1', 20), ('p2', 3), ('p3', NULL)`,
  );
  await db.query(
    `INSERT INTO inventory (product_id, current_stock, reserved_stock) VALUES ('p1', 27, 4), ('p3', 6, 0)`,
  );
  await db.query(
    `INSERT INTO stock_reservations (order_id, product_id, quantity, outcome, available_seen, state, due_at)
     VALUES ('o1', 'p1', 4, 'ENOUGH', 20, 'RESERVED', '2026-03-01Z'), ('o2', 'p1', 8, 'ENOUGH', 16, 'SHIPPED', '2026-03-01Z'),
            ('o3', 'p2', 9, 'SHORT', 3, 'WAITING', '2026-03-01Z'), ('long-ago', 'p1', 5, 'ENOUGH', 20, 'SHIPPED', '2025-03-01Z')`,
  );
  // Those of the order of long ago have been dropped: a planner that follows events will not count it as sold.
  await db.query(
    `INSERT INTO events (order_id, occurred_at, content_hash, event_id, event_type, current_status, topic)
     SELECT id, '2026-03-01Z', 0, id, 'PAID', 'PAID', 'orders' FROM unnest(ARRAY['o1', 'o2', 'o3']) AS id`,
  );
  await apply(files.filter((file) => file >= THE_LOG));
  // Again, as a migrator may.
  await apply(files.filter((file) => file.startsWith(THE_LOG)));

  expect(await stockWithoutEvents(db)).toEqual([]);
  const { rows: levels } = await db.query(
    'SELECT product_id, current_stock, reserved_stock, adjusted FROM inventory ORDER BY 1',
  );
  // 20 at first, 8 shipped, and yet 27: 15 pieces came that nobody told of.
  expect(levels).toEqual([
    { product_id: 'p1', current_stock: 27, reserved_stock: 4, adjusted: 15 },
    { product_id: 'p3', current_stock: 6, reserved_stock: 0, adjusted: 6 },
  ]);
  const { rows: reservations } = await db.query(
    'SELECT order_id, product_id, state, movements FROM stock_reservations ORDER BY 1',
  );
  expect(reservations).toEqual([
    { order_id: 'long-ago', product_id: 'p1', state: 'SHIPPED', movements: 0 },
    { order_id: 'o1', product_id: 'p1', state: 'RESERVED', movements: 0 },
    { order_id: 'o2', product_id: 'p1', state: 'SHIPPED', movements: 0 },
    { order_id: 'o3', product_id: 'p2', state: 'WAITING', movements: 0 },
  ]);
  await db.query(`INSERT INTO stock_reservations (order_id, product_id, quantity, outcome, available_seen, state, due_at)
                  VALUES ('o1', 'p2', 1, 'ENOUGH', 20, 'RESERVED', '2026-03-01Z')`);
});
