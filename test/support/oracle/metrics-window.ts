import type { OrderEvent } from '../../../domain/order/event.ts';
import { earliest } from './event-order.ts';
import type {
  AlertInterval,
  HoldRow,
  JudgedRecord,
  MetricsRow,
  Micros,
  OrderRow,
  Thresholds,
} from './types.ts';

const HALF_HOUR = 1_800_000_000;

export interface Facts {
  records: readonly JudgedRecord[];
  events: readonly OrderEvent[];
  orders: readonly OrderRow[];
  holds: readonly HoldRow[];
  alerts: readonly AlertInterval[];
  thresholds: Thresholds;
}

/** Every half hour from the first in which anything happened to the last. */
export function metricsWindows(facts: Facts): MetricsRow[] {
  const moments = [
    ...facts.records.map((one) => one.at),
    ...facts.events.map((one) => one.occurredAt),
    ...facts.holds.map((one) => one.opened_at),
  ];
  if (moments.length === 0) return [];
  const starts = moments.map((at) => Math.floor(at / HALF_HOUR) * HALF_HOUR);
  const last = Math.max(...starts);
  const rows: MetricsRow[] = [];
  for (let start = Math.min(...starts); start <= last; start += HALF_HOUR)
    rows.push(metricsRow(start, facts));
  return rows;
}

function metricsRow(start: Micros, facts: Facts): MetricsRow {
  const end = start + HALF_HOUR;
  const isInside = (at: Micros | null) => at !== null && at >= start && at < end;
  /** Whether what began at `from` and ended at `to` was going on at the window's last instant. */
  const isAtEnd = (from: Micros, to: Micros | null) => from < end && (to === null || to >= end);

  const records = facts.records.filter((one) => isInside(one.at));
  const rejected = records.map((one) => (one.outcome.kind === 'rejected' ? one.outcome.type : null));
  const events = facts.events.filter((event) => isInside(event.occurredAt));
  const orders = facts.orders.filter((order) => isInside(order.created_event_at)).length;
  const holds = facts.holds.filter((hold) => isInside(hold.opened_at)).length;
  return {
    window_start: start,
    window_end: end,
    orders,
    payments: facts.orders.filter((order) => isInside(order.paid_at)).length,
    shipped: facts.orders.filter((order) => isInside(order.shipped_at)).length,
    holds,
    hold_rate: orders === 0 ? 0 : holds / orders,
    ingest_count: records.length,
    parse_errors: rejected.filter((type) => type === 'PARSE_ERROR').length,
    schema_missing: rejected.filter((type) => type === 'SCHEMA_MISSING').length,
    event_total: events.length,
    event_errors: events.filter((event) => event.reasonCode !== null).length,
    delay_p95_sec: delayP95(records),
    backlog: facts.orders.filter((order) =>
      isAtEnd(order.first_event_at, earliest([order.delivered_at, order.canceled_at])),
    ).length,
    holds_now: facts.holds.filter((hold) => isAtEnd(hold.opened_at, hold.closed_at)).length,
    late_orders: facts.orders.filter((order) => {
      const lateAt = order.paid_at === null ? null : order.paid_at + facts.thresholds.lateAfter;
      if (lateAt === null || (order.left_paid_at !== null && order.left_paid_at <= lateAt)) return false;
      return isAtEnd(lateAt, order.left_paid_at);
    }).length,
    alerts_open: facts.alerts.filter((alert) => isAtEnd(alert.opened_at, alert.resolved_at)).length,
    alerts_ack: 0,
    alerts_resolved: facts.alerts.filter((alert) => alert.resolved_at !== null && alert.resolved_at < end)
      .length,
    alerts_retry: 0,
  };
}

/** Nearest rank: the smallest delay that at least 95 of 100 accepted records do not exceed. */
function delayP95(records: readonly JudgedRecord[]): number {
  const delays: number[] = [];
  for (const { at, outcome } of records) {
    if (outcome.kind === 'event') delays.push(Math.max(0, at - outcome.event.occurredAt) / 1_000_000);
  }
  delays.sort((a, b) => a - b);
  return delays[Math.ceil((95 * delays.length) / 100) - 1] ?? 0;
}
