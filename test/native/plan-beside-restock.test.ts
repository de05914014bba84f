import { beforeAll, expect } from 'vitest';
import { loadConfig } from '../../platform/config/load.ts';
import type { Database } from '../../platform/database/database.ts';
import { createFollowers } from '../../processor/sequence/followers.ts';
import { freshDatabase, skipUnlessNative } from '../support/database.ts';
import { recordAt } from '../support/drive-batches.ts';
import { stockProducts } from '../support/empty-tables.ts';
import { orderView } from '../support/held-orders.ts';
import { created, said } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { type Partition, SequenceStage } from '../support/sequence/sequence-stage.ts';
import { halted, Stop, stoppingBefore } from '../support/stepped-database.ts';
import { stockWithoutEvents } from '../support/stock-log.ts';
import { HOUR, NOW } from '../support/traffic/times.ts';

const ORDERS: Partition = { topic: 'orders', partition: 0 };
const INVENTORY: Partition = { topic: 'inventory', partition: 0 };

let watcher: Database;
let batches: Database;
let passes: Database;

beforeAll(async () => {
  const { url, native } = await freshDatabase();
  if (!native) return;
  watcher = processorDatabase(url, 'watcher');
  batches = processorDatabase(url, 'batches');
  passes = processorDatabase(url, 'passes');
});

/** Pieces of a product that came in. */
function received(offset: number, product_id: string, quantity: number) {
  const { order_id: _, ...message } = said('RECEIVED', offset, { product_id, quantity });
  return recordAt(offset, JSON.stringify(message));
}

// The batch takes the row of b, and then, for the order that waited, those of a and b; the pass those of a and b.
skipUnlessNative('a pass and pieces that come in do not wait for each other', async () => {
  await stockProducts(watcher, new Map([...'ab'].map((id) => [id, 0])));
  const stage = new SequenceStage(watcher, [ORDERS], NOW);
  await stage.begin();
  await stage.deliver(INVENTORY, [received(0, 'a', 5), received(1, 'b', 1)]);
  const items = ['a', 'b'].map((product_id) => ({ product_id, quantity: 3 }));
  await stage.deliver(ORDERS, [
    recordAt(0, JSON.stringify(created('o1', 0, { product_id: null, items }))),
    recordAt(1, JSON.stringify(said('PAID', HOUR, { order_id: 'o1' }))),
    recordAt(2, null, { headers: { 'holdfast-watermark': Buffer.from('2026-03-02T12:00:00Z') } }),
  ]);
  expect(await orderView(watcher, 'o1')).toBe('HOLD FUL-INV SHORT WAITING');

  const stop = new Stop();
  const batch = stage.deliver(
    INVENTORY,
    [received(2, 'b', 5)],
    stoppingBefore(batches, 'list_shortages', stop),
  );
  await stop.reached;
  const pass = stage.sequencer('one', passes, () => createFollowers(loadConfig({}))).step();
  expect(await halted(pass, null, watcher, 'passes')).toBe('waiting');
  stop.letOn();
  await Promise.all([pass, batch]);

  expect(await orderView(watcher, 'o1')).toBe('PAID ENOUGH RESERVED');
  const { rows } = await watcher.query('SELECT product_id, sold FROM inventory_plans ORDER BY 1');
  expect(rows).toEqual([...'ab'].map((product_id) => ({ product_id, sold: 3 })));
  expect(await stockWithoutEvents(watcher)).toEqual([]);
});
