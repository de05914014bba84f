import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distinctEvents } from '../../test/support/oracle/event-order.ts';
import { orderRows } from '../../test/support/oracle/order-rows.ts';
import { stockHolds } from '../../test/support/oracle/stock-holds.ts';
import { acceptedEvents } from '../../test/support/traffic/states.ts';
import { HOUR } from '../time/micros.ts';
import { foldEvent, type OrderState, startOrder } from './fold.ts';
import { backlogInterval, lateInterval, stockDueAt } from './lifecycle.ts';

const LATE_AFTER = 2 * HOUR;

it('tells the open and the late stretch of an order as its row implies them', () => {
  fc.assert(
    fc.property(acceptedEvents, (events) => {
      const states = new Map<string, OrderState>();
      for (const event of events) {
        const state = states.get(event.orderId);
        if (state === undefined) states.set(event.orderId, startOrder(event));
        else foldEvent(state, event);
      }
      const products = events.flatMap(({ fields }) => [
        fields.productId ?? '',
        ...(fields.items ?? []).map(({ productId }) => productId),
      ]);
      const nothingInStock = new Map(products.map((product) => [product, 0]));
      const short = stockHolds(distinctEvents(events), nothingInStock);
      for (const row of orderRows(distinctEvents(events))) {
        const state = states.get(row.order_id)!;
        const ends = [row.delivered_at, row.canceled_at].filter((at) => at !== null);
        const to = ends.length === 0 ? null : Math.min(...ends);
        expect(backlogInterval(state)).toEqual({ from: row.first_event_at, to });
        expect(lateInterval(state, LATE_AFTER)).toEqual(lateStretch(row.paid_at, row.left_paid_at));
        const judged = short.find((hold) => hold.order_id === row.order_id);
        if (judged !== undefined) expect(stockDueAt(state.stageTimes)).toBe(judged.opened_at);
      }
    }),
    { numRuns: 300 },
  );
});

function lateStretch(paidAt: number | null, leftPaidAt: number | null) {
  if (paidAt === null) return null;
  if (leftPaidAt !== null && leftPaidAt - paidAt <= LATE_AFTER) return null;
  return { from: paidAt + LATE_AFTER, to: leftPaidAt };
}
