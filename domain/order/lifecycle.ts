import type { Micros } from '../time/micros.ts';
import type { OrderState, StageTimes } from './fold.ts';
import type { OrderStatus } from './status.ts';

/** Half-open stretch of event time; `to` null: still going on. */
export interface Interval {
  from: Micros;
  to: Micros | null;
}

function firstOf(times: StageTimes, statuses: readonly OrderStatus[]): Micros | null {
  let first: Micros | null = null;
  for (const status of statuses) {
    const at = times[status];
    if (at !== undefined && (first === null || at < first)) first = at;
  }
  return first;
}

/** When the order first left PAID: its first status above PAID, CANCELED included. */
export function leftPaidAt(times: StageTimes): Micros | null {
  return firstOf(times, ['PICKING', 'PACKED', 'SHIPPED', 'DELIVERED', 'CANCELED']);
}

/** First event that says the order is paid for: the moment its stock is judged. */
export function stockDueAt(times: StageTimes): Micros | null {
  return firstOf(times, ['PAID', 'PICKING', 'PACKED', 'SHIPPED', 'DELIVERED']);
}

/** The order's first terminal event. */
export function endedAt(times: StageTimes): Micros | null {
  return firstOf(times, ['DELIVERED', 'CANCELED']);
}

/** When the order was open work: from its first event to its first terminal one. */
export function backlogInterval(state: OrderState): Interval {
  return { from: state.firstEventAt, to: endedAt(state.stageTimes) };
}

/** When the order was late: PAID for longer than `lateAfter` without leaving PAID. Null: never (so far). */
export function lateInterval(state: OrderState, lateAfter: Micros): Interval | null {
  const paidAt = state.stageTimes.PAID;
  if (paidAt === undefined) return null;
  const from = paidAt + lateAfter;
  const to = leftPaidAt(state.stageTimes);
  return to !== null && to <= from ? null : { from, to };
}
