import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { freshDatabase } from '../support/database.ts';
import { expectBalancedDeltas } from '../support/delta-balance.ts';
import { emptyTables, stockProducts } from '../support/empty-tables.ts';
import { auditOf, heldOrder, orderView, stockOf } from '../support/held-orders.ts';
import { MemoryTopics } from '../support/memory-topics.ts';
import { created, said } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { stockLog, stockWithoutEvents } from '../support/stock-log.ts';
import { HOUR, MINUTE, SECOND } from '../support/traffic/times.ts';

let database: Database | undefined;
let db: Database;
let topics: MemoryTopics;

beforeEach(async () => {
  database ??= processorDatabase((await freshDatabase()).url);
  db = database;
  await emptyTables(db);
  await stockProducts(
    db,
    new Map([
      ['p1', 5],
      ['p2', 2],
      ['untracked', null],
    ]),
  );
  topics = new MemoryTopics(db);
});

/** A statement on topic `inventory`, and all that follows from it. */
async function stated(
  event_type: string,
  product_id: string,
  quantity: number,
  at: number,
  more: Record<string, unknown> = {},
): Promise<void> {
  const { order_id: _, ...message } = said(event_type, at, { product_id, quantity });
  topics.append('inventory', { ...message, ...more });
  await topics.settle();
}

const line = (product_id: string, quantity: number) => ({ product_id, quantity, seller_id: 's1' });

/** A paid order of several lines. */
const basket = (order_id: string, at: number, ...items: unknown[]) => [
  created(order_id, at, { user_id: order_id, product_id: null, items }),
  said('PAID', at + SECOND, { order_id }),
];

describe('an order of several lines', () => {
  test('reserves all of them, ships all of them, and leaves untracked ones alone', async () => {
    await topics.send(...basket('o1', 0, line('p1', 2), line('untracked', 9), line('p2', 1), line('p1', 1)));
    expect([await stockOf(db, 'p1'), await stockOf(db, 'p2')]).toEqual(['5/3', '2/1']);
    await topics.send(said('SHIPPED', HOUR, { order_id: 'o1' }));
    expect([await stockOf(db, 'p1'), await stockOf(db, 'p2')]).toEqual(['2/0', '1/0']);
    expect(await stockLog(db, 'p1')).toEqual(['RECEIVED 5 5 0', 'RESERVED 3 0 3 o1', 'SHIPPED 3 -3 -3 o1']);
    expect(await stockWithoutEvents(db)).toEqual([]);
  });

  test('is held as a whole when one is short, names it, and reserves nothing', async () => {
    await topics.send(...basket('o1', 0, line('p1', 2), line('p2', 3)));
    expect([await stockOf(db, 'p1'), await stockOf(db, 'p2')]).toEqual(['5/0', '2/0']);
    const hold = await evidenceOf('o1');
    expect(hold).toEqual({ product_id: 'p2', quantity: 3, available: 2 });
  });

  test('names every short product', async () => {
    await topics.send(...basket('o1', 0, line('p2', 4), line('p1', 9)));
    expect(await evidenceOf('o1')).toEqual({
      product_id: 'p1',
      quantity: 9,
      available: 5,
      short: [
        { product_id: 'p1', quantity: 9, available: 5 },
        { product_id: 'p2', quantity: 4, available: 2 },
      ],
    });
  });

  test('gives all of them back when it is canceled', async () => {
    await topics.send(...basket('o1', 0, line('p1', 2), line('p2', 1)));
    await topics.send(said('CANCELED', HOUR, { order_id: 'o1' }));
    expect([await stockOf(db, 'p1'), await stockOf(db, 'p2')]).toEqual(['5/0', '2/0']);
    expect(await stockLog(db, 'p2')).toEqual(['RECEIVED 2 2 0', 'RESERVED 1 0 1 o1', 'RELEASED 1 0 -1 o1']);
  });

  test('asks for what it says now when its shortage is judged again', async () => {
    await topics.send(...basket('o1', 0, line('p2', 3)));
    await topics.send(said('ORDER_UPDATED', MINUTE, { order_id: 'o1', items: [line('p1', 1)] }));
    const { alert_id } = await heldOrder(db, 'o1', 'FUL-INV');
    await topics.act({ action: 'RETRY', alerts: [alert_id] });
    expect([await stockOf(db, 'p1'), await stockOf(db, 'p2')]).toEqual(['5/1', '2/0']);
    expect(await orderView(db, 'o1')).toBe('PAID ENOUGH RESERVED');
  });

  async function evidenceOf(orderId: string): Promise<unknown> {
    const { rows } = await db.query(
      `SELECT evidence FROM holds WHERE order_id = $1 AND reason_code = 'FUL-INV' AND status = 'OPEN'`,
      [orderId],
    );
    return rows[0]?.evidence;
  }
});

describe('topic inventory', () => {
  test('tracks a product from its first RECEIVED on', async () => {
    await stated('DAMAGED', 'untracked', 1, 0);
    await stated('RECEIVED', 'untracked', 7, MINUTE);
    await stated('RECEIVED', 'elsewhere', 3, MINUTE);
    await topics.send(...basket('o1', HOUR, line('untracked', 2), line('elsewhere', 3)));
    const { rows } = await db.query(
      `SELECT product_id, available FROM stock_levels WHERE product_id IN ('untracked', 'elsewhere') ORDER BY 1`,
    );
    expect(rows).toEqual([
      { product_id: 'elsewhere', available: 0 },
      { product_id: 'untracked', available: 5 },
    ]);
    expect(await stockWithoutEvents(db)).toEqual([]);
  });

  test('takes out and puts back, never what is promised to an order', async () => {
    await topics.send(...basket('o1', 0, line('p1', 3)));
    await stated('RETURNED', 'p1', 1, MINUTE);
    await stated('SHIPPED', 'p1', 2, 2 * MINUTE);
    expect(await stockOf(db, 'p1')).toBe('4/3');
    await stated('DAMAGED', 'p1', 9, 3 * MINUTE);
    expect(await stockOf(db, 'p1')).toBe('3/3');
    expect((await stockLog(db, 'p1')).at(-1)).toBe('DAMAGED 9 -1 0');
    expect(await stockWithoutEvents(db)).toEqual([]);
  });

  test('keeps what a warehouse says of orders, for where the pieces lay', async () => {
    const at = (warehouse_id: string, order_id: string | null = null) => ({ warehouse_id, order_id });
    await stated('RECEIVED', 'p1', 4, 0, at('north'));
    await stated('RECEIVED', 'p1', 6, 1, at('south'));
    await stated('RESERVED', 'p1', 2, 2, at('north', 'o1'));
    await stated('RESERVED', 'p1', 1, 3, at('south', 'o2'));
    await stated('SHIPPED', 'p1', 2, 4, at('north', 'o1'));
    await stated('RELEASED', 'p1', 1, 5, at('south', 'o2'));
    await stated('RESERVED', 'p1', 2, 6, at('south', 'o3'));
    await stated('SHIPPED', 'p1', 3, 7, at('south'));
    await stated('RECEIVED', 'p1', 1, 8, at('west'));
    await stated('SHIPPED', 'p1', 1, 9, at('west', 'never reserved'));
    expect(await stockOf(db, 'p1')).toBe('13/0');
    const { rows } = await db.query('SELECT * FROM stock_by_warehouse ORDER BY warehouse_id');
    expect(rows).toEqual([
      { product_id: 'p1', warehouse_id: 'north', current_stock: 2, reserved_stock: 0, available: 2 },
      { product_id: 'p1', warehouse_id: 'south', current_stock: 3, reserved_stock: 2, available: 1 },
      { product_id: 'p1', warehouse_id: 'west', current_stock: 0, reserved_stock: 0, available: 0 },
    ]);
  });

  test('does nothing twice', async () => {
    await stated('RECEIVED', 'p1', 4, 0, { event_id: 'e1' });
    await stated('RECEIVED', 'p1', 4, 0, { event_id: 'e1' });
    await stated('RECEIVED', 'p1', 4, MINUTE);
    await stated('RECEIVED', 'p1', 4, MINUTE);
    await db.query('UPDATE consumer_offsets SET next_offset = 0');
    await topics.settle();
    expect(await stockOf(db, 'p1')).toBe('13/0');
    expect(await stockLog(db, 'p1')).toHaveLength(3);
  });

  test('lets go the orders that waited, oldest first, as far as it lasts', async () => {
    await topics.send(...basket('b', MINUTE, line('p1', 1), line('p2', 3)));
    await topics.send(...basket('a', 0, line('p2', 4)), ...basket('c', HOUR, line('p2', 5)));
    await stated('RECEIVED', 'p2', 5, 2 * HOUR);
    expect(await orderView(db, 'a')).toBe('PAID ENOUGH RESERVED');
    expect(await orderView(db, 'b')).toBe('PAID ENOUGH RESERVED');
    expect(await orderView(db, 'c')).toBe('HOLD FUL-INV SHORT WAITING');
    expect([await stockOf(db, 'p1'), await stockOf(db, 'p2')]).toEqual(['5/1', '7/7']);
    const { alert_id, opened_at, closed_at } = await heldOrder(db, 'a', 'FUL-INV');
    expect(await auditOf(db, alert_id)).toEqual(['RESOLVE holdfast auto OPEN>RESOLVED stock came in']);
    expect(closed_at! - opened_at).toBe(2 * HOUR - SECOND);
    await stated('RETURNED', 'p2', 5, 3 * HOUR);
    expect(await orderView(db, 'c')).toBe('PAID ENOUGH RESERVED');
    expect(await stockWithoutEvents(db)).toEqual([]);
    await expectBalancedDeltas(db);
  });

  test('turns what is no statement into a dead letter', async () => {
    await stated('SOLD', 'p1', 1, 0);
    const { rows } = await db.query('SELECT kafka_topic, error_text FROM pipeline_error_logs');
    expect(rows).toEqual([{ kafka_topic: 'inventory', error_text: expect.stringContaining('RECEIVED') }]);
  });
});
