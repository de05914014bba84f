import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distinctEvents } from '../../test/support/oracle/event-order.ts';
import { metricsWindows } from '../../test/support/oracle/metrics-window.ts';
import { orderRows } from '../../test/support/oracle/order-rows.ts';
import { CONTRACT_THRESHOLDS } from '../../test/support/oracle/types.ts';
import { delivery } from '../../test/support/traffic/records.ts';
import { shuffled, split } from '../../test/support/traffic/shuffle.ts';
import { acceptedEvents } from '../../test/support/traffic/states.ts';
import type { OrderEvent } from '../order/event.ts';
import { foldEvent, type OrderState, startOrder } from '../order/fold.ts';
import { HOUR } from '../time/micros.ts';
import { countOrder, DeltaSums } from './order-deltas.ts';

type Delta = ReturnType<DeltaSums['rows']>[number];

/** The deltas of all batches, each the difference that the batch made. */
function deltasOf(batches: readonly OrderEvent[][]): Delta[] {
  const states = new Map<string, OrderState>();
  return batches.flatMap((batch) => {
    const sums = new DeltaSums();
    for (const id of new Set(batch.map((event) => event.orderId))) {
      const before = states.get(id);
      if (before !== undefined) countOrder(sums, before, 2 * HOUR, -1);
      for (const event of batch.filter((one) => one.orderId === id)) {
        const state = states.get(id);
        if (state === undefined) states.set(id, startOrder(event));
        else foldEvent(state, event);
      }
      countOrder(sums, states.get(id)!, 2 * HOUR, 1);
    }
    return sums.rows();
  });
}

it('add up to what the oracle counts in every window, however the events came', () => {
  fc.assert(
    fc.property(acceptedEvents, delivery, (copies, { seed, longestBatch }) => {
      const deltas = deltasOf(split(shuffled(copies, seed), seed, longestBatch));
      const sum = (kind: Delta['kind'], from: number, to: number) =>
        deltas
          .filter((one) => one.kind === kind && one.at >= from && one.at < to)
          .reduce((total, one) => total + one.delta, 0);
      const events = distinctEvents(copies);
      const facts = { records: [], holds: [], alerts: [], events, orders: orderRows(events) };
      for (const row of metricsWindows({ ...facts, thresholds: CONTRACT_THRESHOLDS })) {
        const { window_start: start, window_end: end } = row;
        expect({
          orders: sum('order_created', start, end),
          payments: sum('order_paid', start, end),
          shipped: sum('order_shipped', start, end),
          backlog: sum('backlog', 0, end),
          late_orders: sum('late', 0, end),
        }).toEqual({
          orders: row.orders,
          payments: row.payments,
          shipped: row.shipped,
          backlog: row.backlog,
          late_orders: row.late_orders,
        });
      }
    }),
    { numRuns: 200 },
  );
});
