import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { orderTimeline } from '../../processor/sql/order-timeline.ts';
import { freshDatabase } from '../support/database.ts';
import { expectBalancedDeltas } from '../support/delta-balance.ts';
import { emptyTables, stockProducts } from '../support/empty-tables.ts';
import { auditOf, heldOrder, orderView, stockOf } from '../support/held-orders.ts';
import { MemoryTopics } from '../support/memory-topics.ts';
import { created, said } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { MINUTE, SECOND } from '../support/traffic/times.ts';

const NO_ADDRESS = { shipping_address: '?' };

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

/** An order without a usable address, paid. */
async function invalidOrder(orderId: string, quantity = 1): Promise<number> {
  await topics.send(
    created(orderId, 0, { ...NO_ADDRESS, quantity, user_id: orderId }),
    said('PAID', MINUTE, { order_id: orderId }),
  );
  return (await heldOrder(db, orderId, 'FUL-VALID')).alert_id;
}

describe('an order that is released', () => {
  test('goes on, with its pieces, and everybody is told who decided', async () => {
    const alertId = await invalidOrder('o1', 2);
    expect(await orderView(db, 'o1')).toBe('HOLD FUL-VALID ENOUGH WAITING');
    await topics.act({ action: 'RESOLVE', alerts: [alertId], decision: 'release', note: 'called them' });
    expect(await orderView(db, 'o1')).toBe('PAID ENOUGH RESERVED');
    expect(await stockOf(db, 'p1')).toBe('3/2');
    expect(topics.messages('holds').at(-1)).toMatchObject({ event_type: 'HOLD_CLEARED', decided_by: 'kim' });
    const timeline = await orderTimeline(db, 'o1');
    expect(timeline?.events.at(-1)).toMatchObject({
      event_type: 'HOLD_CLEARED',
      event_id: 'decision/FUL-VALID/1/o1',
      topic: 'holds',
      reason_code: null,
      ops_operator: 'kim',
      ops_note: 'called them',
    });
    await expectBalancedDeltas(db);
  });

  test('is held for want of stock when its pieces are gone by then', async () => {
    const alertId = await invalidOrder('o1', 2);
    await topics.send(
      created('o2', 0, { user_id: 'u2', quantity: 2 }),
      said('PAID', MINUTE, { order_id: 'o2' }),
    );
    await topics.act({ action: 'RESOLVE', alerts: [alertId], decision: 'release' });
    expect(await orderView(db, 'o1')).toBe('HOLD FUL-INV SHORT WAITING');
    expect(await heldOrder(db, 'o1', 'FUL-INV')).toMatchObject({ status: 'OPEN', version: 0 });
    expect(topics.messages('holds').at(-1)).toMatchObject({
      event_type: 'HOLD_OPENED',
      reason_code: 'FUL-INV',
      evidence: { product_id: 'p1', quantity: 2, available: 1 },
    });
    expect(await stockOf(db, 'p1')).toBe('3/2');
  });

  test('goes on without stock when it was held for that: whoever lets it go knows', async () => {
    await topics.send(created('o1', 0, { quantity: 5 }), said('PAID', MINUTE, { order_id: 'o1' }));
    const { alert_id } = await heldOrder(db, 'o1', 'FUL-INV');
    await topics.act({ action: 'RESOLVE', alerts: [alert_id], decision: 'release' });
    expect(await orderView(db, 'o1')).toBe('PAID SHORT WAITING');
    expect(await heldOrder(db, 'o1', 'FUL-INV')).toMatchObject({ hold_status: 'CLEARED' });
    await topics.send(said('SHIPPED', 2 * MINUTE, { order_id: 'o1' }));
    expect(await orderView(db, 'o1')).toBe('SHIPPED SHORT SHIPPED');
  });

  test('takes the pieces that have come in since it was held for want of them', async () => {
    await topics.send(created('o1', 0, { quantity: 5 }), said('PAID', MINUTE, { order_id: 'o1' }));
    await db.query(`UPDATE inventory SET current_stock = 9 WHERE product_id = 'p1'`);
    await db.query(
      `INSERT INTO inventory (product_id, current_stock) VALUES ('p1', 9) ON CONFLICT DO NOTHING`,
    );
    const { alert_id } = await heldOrder(db, 'o1', 'FUL-INV');
    await topics.act({ action: 'RESOLVE', alerts: [alert_id], decision: 'release' });
    expect(await orderView(db, 'o1')).toBe('PAID ENOUGH RESERVED');
    expect(await stockOf(db, 'p1')).toBe('9/5');
  });

  test('stays held for its other reasons', async () => {
    await topics.send(
      created('o1', 0, { ...NO_ADDRESS, quantity: 5 }),
      said('PAID', MINUTE, { order_id: 'o1' }),
    );
    const { alert_id } = await heldOrder(db, 'o1', 'FUL-VALID');
    await topics.act({ action: 'RESOLVE', alerts: [alert_id], decision: 'release' });
    expect(await orderView(db, 'o1')).toBe('HOLD FUL-INV SHORT WAITING');
  });

  test('is not taken for the other system’s HOLD_CLEARED', async () => {
    await topics.send(
      created('o1', 0, NO_ADDRESS),
      said('HOLD', MINUTE, { order_id: 'o1', reason_code: 'RECALL' }),
    );
    const { alert_id } = await heldOrder(db, 'o1', 'FUL-VALID');
    await topics.act({ action: 'RESOLVE', alerts: [alert_id], decision: 'release' });
    await topics.send(said('HOLD', 2 * MINUTE, { order_id: 'o1', reason_code: 'RECALL' }));
    expect(await heldOrder(db, 'o1', 'EXTERNAL')).toMatchObject({ hold_status: 'OPEN' });
    expect(await orderView(db, 'o1')).toBe('HOLD EXTERNAL');
  });
});

describe('an order that is canceled by a decision', () => {
  test('is canceled, gives its pieces back, and its other holds are over', async () => {
    await topics.send(
      created('o1', 0, { quantity: 2 }),
      said('PAID', MINUTE, { order_id: 'o1' }),
      created('o1', 2 * SECOND, NO_ADDRESS),
      said('HOLD', 2 * MINUTE, { order_id: 'o1', reason_code: 'RECALL' }),
    );
    const { alert_id } = await heldOrder(db, 'o1', 'FUL-VALID');
    await topics.act({ action: 'RESOLVE', alerts: [alert_id], decision: 'cancel', note: 'fraud' });
    expect(await orderView(db, 'o1')).toBe('CANCELED ENOUGH RELEASED');
    expect(await stockOf(db, 'p1')).toBe('3/0');
    expect(await heldOrder(db, 'o1', 'EXTERNAL')).toMatchObject({
      status: 'RESOLVED',
      hold_status: 'CANCELED',
    });
    const events = (await orderTimeline(db, 'o1'))?.events.map((event) => event.event_id);
    expect(events).toEqual(expect.arrayContaining(['decision/EXTERNAL/1/o1', 'decision/FUL-VALID/1/o1']));
    expect((await orderTimeline(db, 'o1'))?.order).toMatchObject({ current_status: 'CANCELED' });
    await expectBalancedDeltas(db);
  });

  test('gives reserved pieces back that were shipped no more', async () => {
    await topics.send(created('o1', 0, { quantity: 2 }), said('PAID', MINUTE, { order_id: 'o1' }));
    expect(await stockOf(db, 'p1')).toBe('3/2');
    await topics.send(created('o1', 2 * SECOND, NO_ADDRESS));
    expect(await stockOf(db, 'p1')).toBe('3/0');
    const { alert_id } = await heldOrder(db, 'o1', 'FUL-VALID');
    await topics.act({ action: 'RESOLVE', alerts: [alert_id], decision: 'cancel' });
    await topics.send(said('SHIPPED', 2 * MINUTE, { order_id: 'o1' }));
    expect(await orderView(db, 'o1')).toBe('CANCELED ENOUGH SHIPPED');
    expect(await stockOf(db, 'p1')).toBe('1/0');
  });
});

describe('a decision', () => {
  test('leaves no raw row, and changes nothing when it is read again', async () => {
    const alertId = await invalidOrder('o1', 2);
    await topics.act({ action: 'RESOLVE', alerts: [alertId], decision: 'release' });
    const before = await tables();
    await db.query('UPDATE consumer_offsets SET next_offset = 0');
    await topics.settle();
    expect(await tables()).toEqual(before);
    const { rows } = await db.query('SELECT count(*) AS raw FROM orders_raw');
    expect(rows).toEqual([{ raw: 2 }]);
  });

  test('of an outside system, which the processor itself published, is passed over', async () => {
    await topics.send(
      created('o1', 0),
      said('HOLD', MINUTE, { order_id: 'o1', reason_code: 'RECALL' }),
      said('HOLD_CLEARED', 2 * MINUTE, { order_id: 'o1' }),
    );
    expect(topics.messages('holds').map((one) => one.event_type)).toEqual(['HOLD_OPENED', 'HOLD_CLEARED']);
    const { rows } = await db.query(`SELECT count(*) AS events FROM events WHERE topic = 'holds'`);
    expect(rows).toEqual([{ events: 0 }]);
    expect(await orderView(db, 'o1')).toBe('CREATED');
  });

  test('closes a hold that a restored database has open still, and says who decided', async () => {
    const alertId = await invalidOrder('o1');
    topics.append('holds', {
      event_type: 'HOLD_CLEARED',
      event_id: 'decision/FUL-VALID/1/o1',
      order_id: 'o1',
      reason_code: 'FUL-VALID',
      episode: 1,
      occurred_at: '2026-03-02T00:30:00Z',
      opened_at: '2026-03-02T00:00:00Z',
      evidence: {},
      decided_by: 'lee',
      source: 'api',
      note: 'known customer',
    });
    await topics.settle();
    expect(await heldOrder(db, 'o1', 'FUL-VALID')).toMatchObject({
      hold_status: 'CLEARED',
      hold_operator: 'lee',
      status: 'RESOLVED',
      ops_operator: 'lee',
      ops_note: 'known customer',
    });
    expect(await auditOf(db, alertId)).toEqual(['RESOLVE lee api OPEN>RESOLVED known customer']);
    expect(await orderView(db, 'o1')).toBe('PAID ENOUGH RESERVED');
    await expectBalancedDeltas(db);
  });

  test('that is incomplete becomes a dead letter and an alert, like any other record', async () => {
    topics.append('holds', { event_type: 'CANCELED', order_id: 'o1', decided_by: 'kim', reason_code: 'X' });
    await topics.settle();
    const { rows } = await db.query('SELECT kafka_topic, error_type FROM pipeline_error_logs');
    expect(rows).toEqual([{ kafka_topic: 'holds', error_type: expect.stringMatching(/^SCHEMA/) }]);
  });
});

async function tables(): Promise<unknown> {
  const { rows } = await db.query(
    `SELECT (SELECT jsonb_agg(to_jsonb(h) - 'ops_updated_at' ORDER BY hold_id) FROM holds h) AS holds,
            (SELECT jsonb_agg(to_jsonb(r) - 'decided_at') FROM stock_reservations r) AS reservations,
            (SELECT jsonb_agg(to_jsonb(a) - 'updated_at' ORDER BY alert_id) FROM alerts a) AS alerts,
            (SELECT jsonb_agg(o - 'ingested_at' - 'revision' - 'latency_p_to_k_sec' - 'latency_p_to_d_sec')
             FROM (SELECT to_jsonb(orders) AS o FROM orders ORDER BY order_id) AS rows) AS orders,
            (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM alert_actions) AS actions`,
  );
  return rows[0];
}
