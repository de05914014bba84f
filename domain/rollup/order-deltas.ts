import type { OrderState } from '../order/fold.ts';
import { backlogInterval, type Interval, lateInterval } from '../order/lifecycle.ts';
import { type Micros, startOfMinute } from '../time/micros.ts';

export type OrderDeltaKind = 'order_created' | 'order_paid' | 'order_shipped' | 'backlog' | 'late';

/**
 * Changes of counted states, summed by minute and kind. What cancels out leaves no row.
 *
 * By minute because every rollup starts there: a batch of 5,000 events becomes some dozens of rows, not thousands.
 */
export class DeltaSums {
  private readonly sums = new Map<string, { at: Micros; kind: OrderDeltaKind; delta: number }>();

  add(at: Micros, kind: OrderDeltaKind, delta: number): void {
    const minute = startOfMinute(at);
    const key = `${minute} ${kind}`;
    const sum = this.sums.get(key);
    if (sum === undefined) this.sums.set(key, { at: minute, kind, delta });
    else sum.delta += delta;
  }

  rows(): { at: Micros; kind: OrderDeltaKind; delta: number }[] {
    return [...this.sums.values()].filter((sum) => sum.delta !== 0);
  }
}

/**
 * Adds what an order counts for, `sign` times: -1 for its state before a batch, +1 for the state after it. So the sum
 * of all deltas is always what the present states count for, whatever came late.
 */
export function countOrder(sums: DeltaSums, state: OrderState, lateAfter: Micros, sign: 1 | -1): void {
  if (state.createdEventAt !== null) sums.add(state.createdEventAt, 'order_created', sign);
  if (state.stageTimes.PAID !== undefined) sums.add(state.stageTimes.PAID, 'order_paid', sign);
  if (state.stageTimes.SHIPPED !== undefined) sums.add(state.stageTimes.SHIPPED, 'order_shipped', sign);
  countInterval(sums, 'backlog', backlogInterval(state), sign);
  const late = lateInterval(state, lateAfter);
  if (late !== null) countInterval(sums, 'late', late, sign);
}

function countInterval(sums: DeltaSums, kind: OrderDeltaKind, interval: Interval, sign: 1 | -1): void {
  sums.add(interval.from, kind, sign);
  if (interval.to !== null) sums.add(interval.to, kind, -sign);
}
