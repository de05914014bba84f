import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { reevaluateShortages } from '../../processor/judge/shortages.ts';
import { freshDatabase } from '../support/database.ts';
import { emptyTables, stockProducts } from '../support/empty-tables.ts';
import { auditOf, heldOrder, orderView, resultsOf, stockOf } from '../support/held-orders.ts';
import { MemoryTopics } from '../support/memory-topics.ts';
import { created, said } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { MINUTE, SECOND } from '../support/traffic/times.ts';

let database: Database | undefined;
let db: Database;
let topics: MemoryTopics;

beforeEach(async () => {
  database ??= processorDatabase((await freshDatabase()).url);
  db = database;
  await emptyTables(db);
  await stockProducts(db, new Map([['p1', 3]]));
  topics = new MemoryTopics(db);
});

async function retry(orderId: string, reason: string, note?: string): Promise<string> {
  const { alert_id } = await heldOrder(db, orderId, reason);
  await topics.act({ action: 'RETRY', alerts: [alert_id], ...(note === undefined ? {} : { note }) });
  const { status, hold_status } = await heldOrder(db, orderId, reason);
  return `${status} ${hold_status}: ${(await resultsOf(db)).at(-1)}`;
}

async function stock(pieces: number): Promise<void> {
  await db.query(
    `INSERT INTO inventory (product_id, current_stock) VALUES ('p1', $1)
     ON CONFLICT (product_id) DO UPDATE SET current_stock = excluded.current_stock`,
    [pieces],
  );
}

/** Orders of one user and product, a second apart; the user burst holds all of six. */
const burst = (orders: number) =>
  Array.from({ length: orders }, (_, i) => created(`b${i}`, i * SECOND, { quantity: 1 }));

describe('RETRY of FUL-VALID', () => {
  test('lets the order go when its address was corrected since', async () => {
    await topics.send(
      created('o1', 0, { shipping_address: '?' }),
      said('PAID', MINUTE, { order_id: 'o1' }),
      said('ORDER_UPDATED', 2 * MINUTE, { order_id: 'o1', shipping_address: '12 Long Street' }),
    );
    expect(await orderView(db, 'o1')).toBe('HOLD FUL-VALID ENOUGH WAITING');
    expect(await retry('o1', 'FUL-VALID')).toBe(
      'RESOLVED CLEARED: DONE VALID user and address are in order now',
    );
    expect(await orderView(db, 'o1')).toBe('PAID ENOUGH RESERVED');
    expect(topics.messages('holds').at(-1)).toMatchObject({
      event_type: 'HOLD_CLEARED',
      decided_by: 'kim',
      source: 'auto',
    });
    expect(topics.messages('actions').map(({ type, outcome }) => [type, outcome])).toEqual([
      ['command', undefined],
      ['result', 'succeeded'],
    ]);
  });

  test('says what is still wrong', async () => {
    await topics.send(created('o1', 0, { shipping_address: '?', user_id: '' }));
    expect(await retry('o1', 'FUL-VALID')).toBe(
      'OPEN OPEN: FAILED INVALID user_id is missing; shipping_address is shorter than 5 characters',
    );
    const { alert_id } = await heldOrder(db, 'o1', 'FUL-VALID');
    expect((await auditOf(db, alert_id)).at(-1)).toBe(
      'RETRY_FAILED holdfast auto RETRY_REQUESTED>OPEN user_id is missing; shipping_address is shorter than 5 characters',
    );
    expect(topics.messages('actions').at(-1)).toEqual({
      type: 'result',
      action_id: `retry-${alert_id}-1`,
      alert_id,
      outcome: 'failed',
      code: 'INVALID',
      reason: 'user_id is missing; shipping_address is shorter than 5 characters',
    });
  });

  test.each(['SHIPPED', 'DELIVERED', 'CANCELED'])('lets go of an order that is %s', async (status) => {
    await topics.send(created('o1', 0, { shipping_address: '?' }), said(status, MINUTE, { order_id: 'o1' }));
    expect(await retry('o1', 'FUL-VALID')).toMatch(/^RESOLVED CLEARED: DONE ORDER_OVER /);
    expect(await orderView(db, 'o1')).toMatch(new RegExp(`^${status}`));
  });

  test('holds the order for want of stock when its pieces are gone by now', async () => {
    await topics.send(
      created('o1', 0, { shipping_address: '?', quantity: 2 }),
      said('PAID', MINUTE, { order_id: 'o1' }),
      created('o2', 0, { user_id: 'u2', quantity: 2 }),
      said('PAID', MINUTE, { order_id: 'o2' }),
      said('ORDER_UPDATED', 2 * MINUTE, { order_id: 'o1', shipping_address: '12 Long Street' }),
    );
    expect(await retry('o1', 'FUL-VALID')).toMatch(/^RESOLVED CLEARED/);
    expect(await orderView(db, 'o1')).toBe('HOLD FUL-INV SHORT WAITING');
    expect(await heldOrder(db, 'o1', 'FUL-INV')).toMatchObject({ status: 'OPEN' });
  });
});

describe('RETRY of FUL-INV', () => {
  beforeEach(async () => {
    await topics.send(created('o1', 0, { quantity: 5 }), said('PAID', MINUTE, { order_id: 'o1' }));
    expect(await orderView(db, 'o1')).toBe('HOLD FUL-INV SHORT WAITING');
  });

  test('takes the pieces when there are enough now', async () => {
    await stock(7);
    expect(await retry('o1', 'FUL-INV')).toBe('RESOLVED CLEARED: DONE STOCK_ENOUGH available 7, ordered 5');
    expect(await orderView(db, 'o1')).toBe('PAID ENOUGH RESERVED');
    expect(await stockOf(db, 'p1')).toBe('7/5');
  });

  test('says what is missing', async () => {
    await stock(4);
    await topics.send(created('o2', 0, { user_id: 'u2', quantity: 2 }), said('PAID', 1, { order_id: 'o2' }));
    expect(await retry('o1', 'FUL-INV')).toBe('OPEN OPEN: FAILED STOCK_SHORT available 2, ordered 5');
    const { rows } = await db.query('SELECT result FROM actions');
    expect(rows[0]).toEqual({
      result: {
        outcome: 'failed',
        code: 'STOCK_SHORT',
        reason: 'available 2, ordered 5',
        available: 2,
        quantity: 5,
      },
    });
    expect(await stockOf(db, 'p1')).toBe('4/2');
  });

  test('goes by what the order asks for now', async () => {
    await topics.send(said('ORDER_UPDATED', 2 * MINUTE, { order_id: 'o1', quantity: 2 }));
    expect(await retry('o1', 'FUL-INV')).toMatch(/available 3, ordered 2$/);
    expect(await stockOf(db, 'p1')).toBe('3/2');
  });

  test('succeeds, but takes nothing, while the order is held for another reason; a shortage then holds it again', async () => {
    await topics.send(said('HOLD', 2 * MINUTE, { order_id: 'o1', reason_code: 'RECALL' }));
    await stock(5);
    expect(await retry('o1', 'FUL-INV')).toMatch(/^RESOLVED CLEARED: DONE STOCK_ENOUGH/);
    expect(await orderView(db, 'o1')).toBe('HOLD EXTERNAL ENOUGH WAITING');
    await topics.send(
      created('o2', 0, { user_id: 'u2', quantity: 1 }),
      said('PAID', MINUTE, { order_id: 'o2' }),
    );
    await topics.send(said('HOLD_CLEARED', 3 * MINUTE, { order_id: 'o1' }));
    expect(await orderView(db, 'o1')).toBe('HOLD FUL-INV SHORT WAITING');
    expect(await heldOrder(db, 'o1', 'FUL-INV', 2)).toMatchObject({ status: 'OPEN', hold_status: 'OPEN' });
    expect(await heldOrder(db, 'o1', 'FUL-INV', 1)).toMatchObject({ hold_status: 'CLEARED' });
    await topics.settle();
    await db.query('UPDATE consumer_offsets SET next_offset = 0');
    await topics.settle();
    await expect(heldOrder(db, 'o1', 'FUL-INV', 3)).rejects.toThrow('no hold');
  });

  test('succeeds when the stock of the product is not tracked any more', async () => {
    await db.query(`DELETE FROM inventory`);
    await db.query(`UPDATE products SET opening_stock = NULL`);
    expect(await retry('o1', 'FUL-INV')).toMatch(/^RESOLVED CLEARED: DONE STOCK_UNTRACKED/);
    expect(await orderView(db, 'o1')).toBe('PAID SHORT WAITING');
  });
});

describe('RETRY of suspected fraud', () => {
  test.each([
    [
      'FUL-FRAUD-USER',
      'b0',
      6,
      { HOLDFAST_HOLD_USER_MORE_THAN: '6' },
      /6 orders of one user and product within 10 s$/,
    ],
    [
      'FUL-FRAUD-PROD',
      'b3',
      4,
      { HOLDFAST_HOLD_PRODUCT_AT_LEAST: '5' },
      /4 orders of one product within 1 s$/,
    ],
  ] as const)(
    '%s: lets the order go by thresholds that it does not exceed any more',
    async (reason, held, orders, wider, why) => {
      const spacing = reason === 'FUL-FRAUD-USER' ? SECOND : SECOND / 10;
      await topics.send(
        ...Array.from({ length: orders }, (_, i) => created(`b${i}`, i * spacing, { quantity: 1 })),
      );
      expect(await retry(held, reason)).toMatch(why);
      expect((await heldOrder(db, held, reason)).status).toBe('OPEN');
      const settings = { HOLDFAST_HOLD_USER_WINDOW_SECONDS: '10', ...wider };
      topics = new MemoryTopics(db, settings, topics.logs);
      expect(await retry(held, reason)).toBe(
        'RESOLVED CLEARED: DONE BURST_OVER it is no burst by the present thresholds',
      );
      expect(await orderView(db, held)).toMatch(/^CREATED/);
    },
  );

  test('fails when the arrivals are dropped', async () => {
    await topics.send(...burst(6));
    await db.query('TRUNCATE arrivals');
    expect(await retry('b2', 'FUL-FRAUD-USER')).toMatch(/^OPEN OPEN: FAILED ARRIVAL_UNKNOWN/);
  });
});

test('RETRY of an outside system’s hold names what that system said', async () => {
  await topics.send(created('o1', 0), said('HOLD', MINUTE, { order_id: 'o1', reason_code: 'RECALL' }));
  expect(await retry('o1', 'EXTERNAL')).toBe(
    'OPEN OPEN: FAILED HELD_ELSEWHERE held by another system: RECALL',
  );
});

describe('a command', () => {
  async function requested(): Promise<number> {
    await topics.send(created('o1', 0, { shipping_address: '?' }));
    const { alert_id } = await heldOrder(db, 'o1', 'FUL-VALID');
    await topics.ask({ action: 'RETRY', alerts: [alert_id] });
    return alert_id;
  }

  test('is done once, however often it comes', async () => {
    const alertId = await requested();
    await topics.relay(false);
    await topics.relay();
    await topics.settle();
    const [command] = topics.messages('actions');
    for (let i = 0; i < 3; i += 1) topics.append('actions', command);
    await topics.settle();
    await db.query(`UPDATE consumer_offsets SET next_offset = 0 WHERE topic = 'actions'`);
    await topics.settle();
    expect(topics.messages('actions').filter(({ type }) => type === 'result')).toHaveLength(1);
    expect((await auditOf(db, alertId)).filter((line) => line.startsWith('RETRY_FAILED'))).toHaveLength(1);
    expect(await heldOrder(db, 'o1', 'FUL-VALID')).toMatchObject({ status: 'OPEN', version: 2 });
  });

  test('does nothing when its alert has moved on', async () => {
    const alertId = await requested();
    await topics.ask({ action: 'RETRY_EXPIRED', alerts: [alertId] });
    await topics.settle();
    expect(await resultsOf(db)).toEqual(['REQUESTED']);
    expect(await heldOrder(db, 'o1', 'FUL-VALID')).toMatchObject({ status: 'OPEN', version: 2 });
    expect(topics.messages('actions')).toHaveLength(1);
  });

  test('of nobody here does nothing, nor do messages of others on the topic', async () => {
    await topics.send(created('o1', 0, { shipping_address: '?' }));
    const { alert_id } = await heldOrder(db, 'o1', 'FUL-VALID');
    const command = {
      type: 'command',
      action_id: `retry-${alert_id}-1`,
      requested_at: '2026-03-02T00:10:00Z',
    };
    topics.append('actions', { ...command, action: 'RETRY_HOLD', alert_id, alert_version: 1 });
    topics.append('actions', { ...command, action: 'LAUNCH' });
    topics.append('actions', { type: 'anything else' });
    await topics.settle();
    expect(await heldOrder(db, 'o1', 'FUL-VALID')).toMatchObject({ status: 'OPEN', version: 0 });
    const { rows } = await db.query('SELECT count(*) AS rejected FROM pipeline_error_logs');
    expect(rows).toEqual([{ rejected: 0 }]);
  });
});

test('stock that comes in goes to the oldest orders that were short, as far as it lasts', async () => {
  const paid = (orderId: string, at: number, quantity: number) => [
    created(orderId, at - MINUTE, { user_id: orderId, quantity }),
    said('PAID', at, { order_id: orderId }),
  ];
  await topics.send(...paid('a', 3 * MINUTE, 4), ...paid('b', 2 * MINUTE, 5), ...paid('c', 4 * MINUTE, 4));
  await topics.send(...paid('d', MINUTE, 9), ...paid('e', 5 * MINUTE, 1));
  await stock(10);
  const { alert_id } = await heldOrder(db, 'c', 'FUL-INV');
  await topics.ask({ action: 'ACK', alerts: [alert_id] });
  // e took one piece at once; d is the oldest and takes the rest.
  const released = await inTransaction(db, (connection) =>
    reevaluateShortages(connection, ['p1'], topics.now),
  );
  expect(released).toEqual(['d']);
  await stock(19);
  const more = await inTransaction(db, (connection) => reevaluateShortages(connection, ['p1'], topics.now));
  expect(more).toEqual(['b', 'a']);
  await topics.settle();
  expect(await orderView(db, 'b')).toBe('PAID ENOUGH RESERVED');
  expect(await orderView(db, 'c')).toBe('HOLD FUL-INV SHORT WAITING');
  expect(await stockOf(db, 'p1')).toBe('19/19');
  const { alert_id: ofB } = await heldOrder(db, 'b', 'FUL-INV');
  expect(await auditOf(db, ofB)).toEqual(['RESOLVE holdfast auto OPEN>RESOLVED stock came in']);
});
