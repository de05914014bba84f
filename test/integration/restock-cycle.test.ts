import { expect, test } from 'vitest';
import { loadConfig } from '../../platform/config/load.ts';
import { createFollowers } from '../../processor/sequence/followers.ts';
import { freshDatabase } from '../support/database.ts';
import { stockProducts } from '../support/empty-tables.ts';
import { orderView, stockOf } from '../support/held-orders.ts';
import { MemoryTopics } from '../support/memory-topics.ts';
import { created, said } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { SequenceStage } from '../support/sequence/sequence-stage.ts';
import { stockLog, stockWithoutEvents } from '../support/stock-log.ts';
import { HOUR, MINUTE, NOW } from '../support/traffic/times.ts';

/** One order lasts: the second sale must not ask for another. */
const SETTINGS = {
  ...{ HOLDFAST_SUPPLIER: 'simulated', HOLDFAST_LEAD_TIME_DAYS: '1', HOLDFAST_REORDER_COVER_DAYS: '366' },
};

test('a sale that empties the shelf orders more, and the order that waited goes on when it has come', async () => {
  const db = processorDatabase((await freshDatabase()).url);
  await stockProducts(db, new Map([['p1', 2]]));
  const topics = new MemoryTopics(db, SETTINGS);
  topics.now = NOW;
  const stage = new SequenceStage(db, [{ topic: 'orders', partition: 0 }], NOW, SETTINGS);
  await stage.begin();
  const sequencer = stage.sequencer('one', db, () => createFollowers(loadConfig(SETTINGS)));
  const follow = async () => {
    while (await sequencer.step());
    await topics.settle();
  };
  const paid = (order_id: string, at: number, product_id: string, quantity: number) => [
    created(order_id, at, { user_id: order_id, product_id, quantity, seller_id: 's1' }),
    said('PAID', at + MINUTE, { order_id }),
  ];
  const inventoryAlerts = async () =>
    (
      await db.query(
        `SELECT status, evidence->>'ordered_quantity' AS ordered FROM alerts WHERE kind = 'INVENTORY'`,
      )
    ).rows;

  await topics.send(...paid('o1', 0, 'p1', 2), ...paid('o2', HOUR, 'p1', 1), ...paid('o3', 2 * HOUR, 'x', 1));
  await follow();
  expect(await orderView(db, 'o2')).toBe('HOLD FUL-INV SHORT WAITING');
  const [alert] = await inventoryAlerts();
  expect(alert).toMatchObject({ status: 'OPEN' });
  expect(topics.messages('actions')).toMatchObject([
    { action: 'REORDER', seller_id: 's1', product_id: 'p1' },
  ]);

  // A day later somebody orders something else, and event time has passed the lead time.
  await topics.send(...paid('o4', 27 * HOUR, 'x', 1));
  await follow();
  expect(await orderView(db, 'o2')).toBe('PAID ENOUGH RESERVED');
  expect(await inventoryAlerts()).toEqual([{ ...alert, status: 'RESOLVED' }]);
  const ordered = Number(alert?.ordered);
  expect(await stockOf(db, 'p1')).toBe(`${2 + ordered}/3`);
  expect(await stockLog(db, 'p1')).toEqual([
    ...['RECEIVED 2 2 0', 'RESERVED 2 0 2 o1'],
    // Of one moment, which is why they are in the order of their names.
    ...['RESERVED 1 0 1 o2', `RECEIVED ${ordered} ${ordered} 0 reorder-p1-1`],
  ]);
  expect(await stockWithoutEvents(db)).toEqual([]);
});
