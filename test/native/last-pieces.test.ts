import { beforeAll, expect } from 'vitest';
import { freshDatabase, skipUnlessNative } from '../support/database.ts';
import { expectBalancedDeltas } from '../support/delta-balance.ts';
import { stockProducts } from '../support/empty-tables.ts';
import { created, recordOf, said } from '../support/oracle/example.ts';
import type { KafkaRecord } from '../support/oracle/types.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { overlap, type TwoProcessors } from '../support/overlapping-batches.ts';
import { seeded } from '../support/traffic/shuffle.ts';
import { MINUTE, NOW, SECOND } from '../support/traffic/times.ts';

const CASES = Number(process.env.RACE_CASES ?? 25);

let processors: TwoProcessors;

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
  // Makes the chunks: whoever makes one holds others up until it commits, and nothing would overlap.
  await overlap(processors, [[recordOf(created('warm-up', 0), 0)], []], 0);
});

interface StockRow {
  product_id: string;
  current_stock: number;
  reserved_stock: number;
  /** Pieces and orders, by the reservations themselves. */
  reserved: number;
  reserved_orders: number;
  shipped: number;
  short_orders: number;
}

async function stockOf(productId: string): Promise<StockRow> {
  const { rows } = await processors.watcher.query<StockRow>(
    `SELECT p.product_id, coalesce(i.current_stock, p.opening_stock) AS current_stock,
            coalesce(i.reserved_stock, 0) AS reserved_stock,
            coalesce(sum(quantity) FILTER (WHERE state = 'RESERVED'), 0) AS reserved,
            count(*) FILTER (WHERE state = 'RESERVED') AS reserved_orders,
            coalesce(sum(quantity) FILTER (WHERE state = 'SHIPPED'), 0) AS shipped,
            count(*) FILTER (WHERE outcome = 'SHORT') AS short_orders
     FROM products p
     LEFT JOIN inventory i USING (product_id)
     LEFT JOIN stock_reservations r USING (product_id)
     WHERE p.product_id = $1 GROUP BY p.product_id, i.product_id`,
    [productId],
  );
  return rows[0]!;
}

async function heldOrders(prefix: string, reason: string): Promise<number> {
  const { rows } = await processors.watcher.query<{ held: number }>(
    `SELECT count(*) AS held FROM holds WHERE starts_with(order_id, $1) AND reason_code = $2 AND status = 'OPEN'`,
    [`${prefix}-`, reason],
  );
  return rows[0]!.held;
}

/** Records in partitions of the case's own, in the order they are given. */
class Sides {
  private readonly offsets = [0, 0];
  private readonly first: number;

  constructor(seed: number) {
    this.first = 1 + 2 * seed;
  }

  record(side: number, message: Record<string, unknown>): KafkaRecord {
    const offset = this.offsets[side]!;
    this.offsets[side] = offset + 1;
    return { ...recordOf(message, offset), partition: this.first + side };
  }
}

skipUnlessNative(
  'the last pieces of a product go to exactly as many orders as there are pieces, whoever pays at once',
  async () => {
    for (let seed = 1; seed <= CASES; seed += 1) {
      const next = seeded(seed);
      const name = `last-${seed}`;
      const pieces = Math.floor(next() * 8);
      const orders = 2 + Math.floor(next() * 12);
      await stockProducts(processors.watcher, new Map([[name, pieces]]));
      const sides = new Sides(seed);
      const batches: [KafkaRecord[], KafkaRecord[]] = [[], []];
      for (let i = 0; i < orders; i += 1) {
        const side = i < 2 ? i : Math.floor(next() * 2);
        const at = i * 3 * SECOND;
        const order = { user_id: `${name}-u${i}`, product_id: name };
        batches[side]!.push(
          sides.record(side, created(`${name}-${i}`, at, order)),
          sides.record(side, said('PAID', at + Math.floor(next() * MINUTE), { order_id: `${name}-${i}` })),
        );
      }
      const halts = await overlap(processors, batches, seed % 2 === 0 ? 0 : 1);
      expect(halts).toEqual(['stopped', 'stopped']);
      const reserved = Math.min(pieces, orders);
      expect(await stockOf(name)).toEqual({
        product_id: name,
        current_stock: pieces,
        reserved_stock: reserved,
        reserved,
        reserved_orders: reserved,
        shipped: 0,
        short_orders: orders - reserved,
      });
      expect(await heldOrders(name, 'FUL-INV')).toBe(orders - reserved);
    }
    await expectBalancedDeltas(processors.watcher);
  },
  600_000,
);

skipUnlessNative(
  'stock stays in balance when orders are held, canceled and shipped by one processor while another reserves',
  async () => {
    for (let seed = CASES + 1; seed <= 2 * CASES; seed += 1) {
      const next = seeded(seed);
      const name = `mixed-${seed}`;
      const pieces = 5 + Math.floor(next() * 25);
      await stockProducts(processors.watcher, new Map([[name, pieces]]));
      const sides = new Sides(seed);
      for (let round = 0; round < 3; round += 1) {
        const batches: [KafkaRecord[], KafkaRecord[]] = [[], []];
        for (let i = 0; i < 8; i += 1) {
          const side = i % 2;
          const id = `${name}-${round}-${i}`;
          const at = Math.floor(next() * 8) * SECOND;
          // One user: most rounds end in a burst that takes reservations of the other partition back.
          const order = { user_id: name, product_id: name, quantity: 1 + Math.floor(next() * 3) };
          batches[side]!.push(sides.record(side, created(id, at, order)));
          const later = ['PAID', 'SHIPPED', 'CANCELED', 'PICKING'].filter(() => next() < 0.5);
          later.forEach((event_type, step) => {
            const message = said(event_type, at + (step + 1) * SECOND, { order_id: id });
            batches[side]!.push(sides.record(side, message));
          });
        }
        await overlap(processors, batches, next() < 0.5 ? 0 : 1);
        const stock = await stockOf(name);
        expect(stock.reserved_stock, `case ${seed}`).toBe(stock.reserved);
        expect(stock.current_stock - stock.reserved_stock).toBeGreaterThanOrEqual(0);
        expect(stock.current_stock).toBeGreaterThanOrEqual(pieces - stock.shipped);
      }
    }
    const { rows } = await processors.watcher.query(
      `SELECT r.order_id FROM stock_reservations r
       WHERE r.state = 'RESERVED'
         AND EXISTS (SELECT FROM holds h WHERE h.order_id = r.order_id AND h.status = 'OPEN')`,
    );
    expect(rows, 'held orders that reserve something').toEqual([]);
    await expectBalancedDeltas(processors.watcher);
  },
  600_000,
);
