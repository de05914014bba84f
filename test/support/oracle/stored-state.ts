import type { QueryResultRow } from 'pg';
import { sortHolds } from './oracle.ts';
import type { HoldRow, MetricsRow, Micros, OracleOutput, OrderRow } from './types.ts';

interface Client {
  query(text: string): Promise<{ rows: QueryResultRow[] }>;
}

/** What is compared: everything the contracts call equal, and nothing that may differ between two runs. */
export interface ComparedState {
  events: string[];
  orders: OrderRow[];
  /** Rows of order_items. */
  lines: string[];
  holds: HoldRow[];
  /** [order, reason, episode, opened at, status, since], or [partition, offset, ...] of a rejected record. */
  alerts: string[];
  rejected: string[];
  metrics: MetricsRow[];
}

const ORDER_TIMES = [
  'promised_at',
  'created_at',
  'last_occurred_at',
  'event_produced_at',
  'first_event_at',
  'created_event_at',
  'entered_created_at',
  'paid_at',
  'picking_at',
  'packed_at',
  'shipped_at',
  'delivered_at',
  'canceled_at',
  'left_paid_at',
];
const ORDER_TEXTS = [
  'order_id',
  'user_id',
  'product_id',
  'product_name',
  'shipping_address',
  'currency',
  'channel',
  'region',
  'seller_id',
  'customer_zip',
  'seller_zip',
  'current_stage',
  'current_status',
  'last_event_type',
];
const COUNTS = [
  'orders',
  'payments',
  'shipped',
  'holds',
  'hold_rate',
  'ingest_count',
  'parse_errors',
  'schema_missing',
  'event_total',
  'event_errors',
  'delay_p95_sec',
  'backlog',
  'holds_now',
  'late_orders',
  'alerts_open',
  'alerts_ack',
  'alerts_resolved',
  'alerts_retry',
];

/** SQL: microseconds since the epoch as a number that any client reads. */
function micros(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000000)::float8 AS ${column}`;
}

function float(column: string): string {
  return `${column}::float8 AS ${column}`;
}

/** Reads the database in the oracle's terms. */
export async function storedState(client: Client): Promise<ComparedState> {
  const orders = await client.query(
    `SELECT ${[...ORDER_TEXTS, ...ORDER_TIMES.map(micros), ...['quantity', 'amount'].map(float)].join(', ')}
     FROM orders ORDER BY order_id COLLATE "C"`,
  );
  const items = await client.query('SELECT order_id, items FROM orders WHERE items IS NOT NULL');
  const itemsOf = new Map(items.rows.map((row) => [row.order_id, storedItems(row.items)]));
  const orderLines = await client.query(
    `SELECT order_id, line, product_id, seller_id, quantity, price::float8 AS price, freight::float8 AS freight,
            ${micros('hand_over_by')}
     FROM order_items JOIN order_keys USING (order_id, partition_at)`,
  );
  const holds = await client.query(
    `SELECT order_id, reason_code, episode, status, evidence, ${micros('opened_at')}, ${micros('closed_at')} FROM holds`,
  );
  const events =
    await client.query(`SELECT order_id, ${micros('occurred_at')}, event_id, content_hash::text, event_type,
    current_status, reason_code FROM events`);
  const alerts = await client.query(
    `SELECT coalesce(h.order_id, e.partition::text) AS a, coalesce(h.reason_code, e.kafka_offset::text) AS b,
            coalesce(h.episode, 0) AS c, (extract(epoch FROM a.opened_at) * 1000000)::float8 AS opened_at, a.status,
            (extract(epoch FROM a.status_since) * 1000000)::float8 AS since
     FROM alerts a LEFT JOIN holds h USING (hold_id) LEFT JOIN pipeline_error_logs e USING (log_id)`,
  );
  const rejected = await client.query(
    'SELECT partition, kafka_offset::text, error_type FROM pipeline_error_logs',
  );
  const metrics = await client.query(
    `SELECT ${[micros('window_start'), micros('window_end'), ...COUNTS.map(float)].join(', ')}
     FROM metrics_window ORDER BY metrics_window.window_start`,
  );
  return {
    events: lines(events.rows),
    orders: orders.rows.map((row) => ({ ...row, items: itemsOf.get(row.order_id) ?? null }) as OrderRow),
    lines: lines(orderLines.rows),
    holds: sortHolds(holds.rows.map(comparedHold)),
    alerts: lines(alerts.rows),
    rejected: lines(rejected.rows),
    metrics: metrics.rows as MetricsRow[],
  };
}

/** The same of what the oracle says. */
export function expectedState({
  records,
  events,
  orders,
  holds,
  alerts,
  metrics,
}: OracleOutput): ComparedState {
  const rejected = records.flatMap(({ record, outcome }) =>
    outcome.kind === 'rejected' ? [[record.partition, String(record.offset), outcome.type]] : [],
  );
  return {
    events: lines(
      events.map((event) => [
        event.orderId,
        event.occurredAt,
        event.eventId,
        String(event.contentHash),
        event.eventType,
        event.holdSignal === 'open' ? 'HOLD' : event.status,
        event.reasonCode,
      ]),
    ),
    orders,
    lines: lines(
      orders.flatMap(({ order_id, items }) =>
        (items ?? []).map((item, i) => [
          ...[order_id, i + 1, item.productId, item.sellerId, item.quantity],
          ...[item.price, item.freight, item.handOverBy],
        ]),
      ),
    ),
    holds,
    alerts: lines(
      alerts.map(({ about, opened_at, resolved_at }) => [
        ...('order_id' in about
          ? [about.order_id, about.reason_code, about.episode]
          : [String(about.partition), String(about.offset), 0]),
        opened_at,
        resolved_at === null ? 'OPEN' : 'RESOLVED',
        resolved_at ?? opened_at,
      ]),
    ),
    rejected: lines(rejected),
    metrics,
  };
}

/** A percentile is right to 2.5 %: where it is, it is taken from the other side. */
export function withinTolerance(actual: ComparedState, expected: ComparedState): ComparedState {
  const metrics = actual.metrics.map((row, i) => {
    const exact = expected.metrics[i]?.delay_p95_sec ?? 0;
    const isRight = Math.abs(row.delay_p95_sec - exact) <= exact * 0.025 + 1e-9;
    return isRight ? { ...row, delay_p95_sec: exact } : row;
  });
  return { ...actual, metrics };
}

function lines(rows: readonly (QueryResultRow | readonly unknown[])[]): string[] {
  return rows.map((row) => JSON.stringify(Array.isArray(row) ? row : Object.values(row))).sort();
}

/** `orders.items` as the oracle writes it. */
function storedItems(items: Record<string, string | number | null>[]): OrderRow['items'] {
  return items.map((item) => ({
    productId: String(item.product_id),
    sellerId: item.seller_id as string | null,
    quantity: Number(item.quantity),
    price: item.price as number | null,
    freight: item.freight as number | null,
    handOverBy: item.hand_over_by === null ? null : microsOf(String(item.hand_over_by)),
  }));
}

/** Of the evidence only what the contracts fix. */
function comparedHold(row: QueryResultRow): HoldRow {
  const evidence = row.evidence as Record<string, unknown>;
  return { ...(row as HoldRow), evidence: comparedEvidence(String(row.reason_code), evidence) };
}

function comparedEvidence(reason: string, evidence: Record<string, unknown>): HoldRow['evidence'] {
  if (reason === 'EXTERNAL') return { reason_code: (evidence.reason_code ?? null) as string | null };
  if (!reason.startsWith('FUL-FRAUD')) return null;
  return {
    trigger_order_id: String(evidence.trigger_order_id),
    trigger_at: microsOf(String(evidence.trigger_at)),
    count: Number(evidence.count),
  };
}

function microsOf(text: string): Micros {
  return Date.parse(`${text.slice(0, 19)}Z`) * 1000 + Number(text.slice(20, 26));
}
