import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FollowedOrder } from '../milestone.ts';
import type { OrderWatch } from './order-watch.ts';
import { WatchList } from './watch-list.ts';

const FORGET_AFTER = 50;

function watchOf(orderId: string, since: number, dueAt: number | null): OrderWatch {
  const order = { orderId } as FollowedOrder;
  return { order, waits: 'DELIVERY', since, limit: null, dueAt, passed: false, alerts: {} };
}

const due = ({ since, dueAt, passed }: OrderWatch) =>
  dueAt === null || passed ? since + FORGET_AFTER : Math.min(dueAt, since + FORGET_AFTER);

const step = fc.oneof(
  fc.record({
    orderId: fc.constantFrom('a', 'b', 'c', 'd'),
    since: fc.integer({ min: 0, max: 40 }),
    dueAt: fc.option(fc.integer({ min: 0, max: 99 })),
  }),
  fc.constantFrom('remove a', 'remove b', 'take'),
);

it('knows which order is due next, whatever was put in, removed and taken out before, and keeps no more than it needs', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const list = new WatchList(FORGET_AFTER, 3);
      const plain = new Map<string, OrderWatch>();
      for (const one of steps) {
        if (typeof one !== 'string') {
          const watch = watchOf(one.orderId, one.since, one.dueAt);
          list.put(watch);
          plain.set(one.orderId, watch);
        } else if (one === 'take') {
          const first = [...plain.values()].sort(
            (x, y) => due(x) - due(y) || (x.order.orderId < y.order.orderId ? -1 : 1),
          )[0];
          const at = first === undefined ? null : due(first);
          const taken = list.take();
          expect(taken?.watch.order.orderId).toBe(first?.order.orderId);
          if (first !== undefined && at !== null && at >= first.since + FORGET_AFTER)
            plain.delete(first.order.orderId);
        } else {
          const orderId = one.slice('remove '.length);
          list.remove(orderId);
          plain.delete(orderId);
        }
        const until = list.dueUntil(45);
        expect(until).toEqual(
          expect.arrayContaining([...plain.values()].filter((watch) => due(watch) <= 45)),
        );
        expect(until.every((watch) => plain.get(watch.order.orderId) === watch)).toBe(true);
        expect(list.dueAt()).toBe(plain.size === 0 ? null : Math.min(...[...plain.values()].map(due)));
      }
    }),
    { numRuns: 300 },
  );
});

it('forgets the limits of orders that have arrived', () => {
  const list = new WatchList(1_000_000);
  list.put(watchOf('open', 0, 900_000));
  for (let i = 0; i < 20_000; i += 1) {
    list.put(watchOf(`order ${i}`, i, i + 500_000));
    list.remove(`order ${i}`);
  }
  expect(list.queued).toBeLessThanOrEqual(1001);
  expect(list.dueAt()).toBe(900_000);
});
