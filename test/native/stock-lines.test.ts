import { beforeAll, expect } from 'vitest';
import { loadConfig } from '../../platform/config/load.ts';
import type { Database } from '../../platform/database/database.ts';
import { topicHandlers } from '../../processor/topics/handlers.ts';
import { freshDatabase, skipUnlessNative } from '../support/database.ts';
import { expectBalancedDeltas } from '../support/delta-balance.ts';
import { driveBatch, recordAt } from '../support/drive-batches.ts';
import { stockProducts } from '../support/empty-tables.ts';
import { created, recordOf, said } from '../support/oracle/example.ts';
import type { KafkaRecord } from '../support/oracle/types.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { overlap, type TwoProcessors } from '../support/overlapping-batches.ts';
import { stockWithoutEvents } from '../support/stock-log.ts';
import { seeded } from '../support/traffic/shuffle.ts';
import { NOW, SECOND } from '../support/traffic/times.ts';

const CASES = Number(process.env.RACE_CASES ?? 20);

let processors: TwoProcessors;
let warehouse: Database;

beforeAll(async () => {
  const { url, native } = await freshDatabase();
  if (!native) return;
  processors = {
    databases: [processorDatabase(url, 'left'), processorDatabase(url, 'right')],
    programs: ['left', 'right'],
    watcher: processorDatabase(url, 'watcher'),
    handler: ordersHandlerOf(),
    now: NOW,
  };
  warehouse = processorDatabase(url, 'warehouse');
  // Makes the chunks: whoever makes one holds others up until it commits, and nothing would overlap.
  await overlap(processors, [[recordOf(created('warm-up', 0), 0)], []], 0);
});

/** Orders of two products each, paid, in two partitions of the case's own. */
function baskets(name: string, seed: number, orders: number): [KafkaRecord[], KafkaRecord[]] {
  const next = seeded(seed);
  const sides: [KafkaRecord[], KafkaRecord[]] = [[], []];
  for (let i = 0; i < orders; i += 1) {
    const side = i < 2 ? i : Math.floor(next() * 2);
    const own = sides[side]!;
    const id = `${name}-${i}`;
    const items = ['a', 'b'].map((one) => ({ product_id: `${name}-${one}`, quantity: 1 }));
    // The lines of every second order are the other way round: nobody may wait for the other in a circle.
    const order = { user_id: id, product_id: null, items: i % 2 === 0 ? items : items.toReversed() };
    const place = (message: Record<string, unknown>) =>
      own.push({ ...recordOf(message, own.length), partition: 1 + 2 * seed + side });
    place(created(id, i * 3 * SECOND, order));
    place(said('PAID', i * 3 * SECOND + 1, { order_id: id }));
  }
  return sides;
}

async function outcomeOf(name: string) {
  const { rows } = await processors.watcher.query(
    `SELECT (SELECT jsonb_object_agg(right(product_id, 1), jsonb_build_array(current_stock, reserved_stock))
             FROM inventory WHERE starts_with(product_id, $1)) AS stock,
            (SELECT count(DISTINCT order_id) FROM stock_reservations WHERE starts_with(order_id, $1) AND state = 'RESERVED') AS served,
            (SELECT count(*) FROM (SELECT order_id FROM stock_reservations WHERE starts_with(order_id, $1)
                                   GROUP BY 1 HAVING count(DISTINCT state) > 1) AS torn) AS torn,
            (SELECT count(*) FROM holds WHERE starts_with(order_id, $1) AND reason_code = 'FUL-INV' AND status = 'OPEN') AS held`,
    [`${name}-`],
  );
  return rows[0]!;
}

skipUnlessNative(
  'orders of several lines get all of their pieces or none, whoever pays at once',
  async () => {
    for (let seed = 1; seed <= CASES; seed += 1) {
      const next = seeded(seed * 7);
      const name = `lines-${seed}`;
      const orders = 3 + Math.floor(next() * 8);
      const [a, b] = [1 + Math.floor(next() * orders), 1 + Math.floor(next() * orders)];
      const stock = new Map([
        [`${name}-a`, a],
        [`${name}-b`, b],
      ]);
      await stockProducts(processors.watcher, stock);
      await overlap(processors, baskets(name, seed, orders), seed % 2 === 0 ? 0 : 1);
      const served = Math.min(a, b, orders);
      expect(await outcomeOf(name)).toEqual({
        ...{ stock: { a: [a, served], b: [b, served] }, served, torn: 0, held: orders - served },
      });
    }
    expect(await stockWithoutEvents(processors.watcher)).toEqual([]);
    await expectBalancedDeltas(processors.watcher);
  },
  600_000,
);

skipUnlessNative(
  'pieces that come in while orders are judged are promised once, and no order that they suffice for stays held',
  async () => {
    const handler = topicHandlers(loadConfig({})).find((one) => one.topic === 'inventory')!;
    for (let seed = CASES + 1; seed <= 2 * CASES; seed += 1) {
      const next = seeded(seed * 7);
      const name = `more-${seed}`;
      const orders = 4 + Math.floor(next() * 6);
      const stock = new Map([
        [`${name}-a`, 1],
        [`${name}-b`, orders],
      ]);
      await stockProducts(processors.watcher, stock);
      const arrivals = Array.from({ length: 3 }, (_, i) => ({ i, quantity: Math.floor(next() * 3) }));
      const received = arrivals
        .filter(({ quantity }) => quantity > 0)
        .map(({ i, quantity }, offset) => {
          const { order_id: _, ...message } = said('RECEIVED', i, { product_id: `${name}-a`, quantity });
          return recordAt(offset, JSON.stringify(message));
        });
      const [left, right] = baskets(name, seed, orders);
      const drive = (i: 0 | 1, records: KafkaRecord[]) =>
        driveBatch(
          processors.databases[i],
          processors.handler,
          1 + 2 * seed + i,
          records.map(({ offset, value, kafkaTimestampMs }) =>
            recordAt(offset, value, { timestampMs: kafkaTimestampMs }),
          ),
          NOW,
        );
      // Each record for itself, so that they interleave.
      const oneByOne = async (i: 0 | 1, records: KafkaRecord[]) => {
        for (const record of records) await drive(i, [record]);
      };
      const restock = async () => {
        for (const record of received) await driveBatch(warehouse, handler, seed, [record], NOW);
      };
      await Promise.all([oneByOne(0, left), oneByOne(1, right), restock()]);
      const pieces = 1 + arrivals.reduce((sum, { quantity }) => sum + quantity, 0);
      const served = Math.min(pieces, orders);
      expect(await outcomeOf(name), `case ${seed}`).toEqual({
        ...{ stock: { a: [pieces, served], b: [orders, served] }, served, torn: 0, held: orders - served },
      });
    }
    expect(await stockWithoutEvents(processors.watcher)).toEqual([]);
  },
  600_000,
);
