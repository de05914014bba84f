/** SQL: a time as microseconds since the epoch. */
function us(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000000)::bigint`;
}

const ORDER_COLUMNS = [
  ...[
    'order_id',
    us('partition_at'),
    'user_id',
    'product_id',
    'product_name',
    'shipping_address',
    'quantity',
  ],
  ...[
    'amount',
    'currency',
    'channel',
    'region',
    'seller_id',
    'customer_zip',
    'seller_zip',
    us('promised_at'),
  ],
  ...[us('created_at'), 'current_stage', 'current_status', 'last_event_type', us('last_occurred_at')],
  ...[
    us('first_event_at'),
    us('created_event_at'),
    us('entered_created_at'),
    us('paid_at'),
    us('picking_at'),
  ],
  ...[us('packed_at'), us('shipped_at'), us('delivered_at'), us('canceled_at'), us('left_paid_at')],
  // The record it names, by content: of two copies of an event either may be named.
  ...['items', 'fold_versions', "md5((named.row_payload - 'event_produced_at')::text)"],
];

const WINDOW_COLUMNS = [
  ...[
    us('window_start'),
    us('window_end'),
    'orders',
    'payments',
    'shipped',
    'holds',
    'hold_rate',
    'ingest_count',
  ],
  ...[
    'parse_errors',
    'schema_missing',
    'event_total',
    'event_errors',
    'delay_p95_sec',
    'backlog',
    'holds_now',
  ],
  ...['late_orders', 'alerts_open', 'alerts_ack', 'alerts_resolved', 'alerts_retry'],
];

function select(columns: readonly string[], from: string): string {
  return `SELECT jsonb_build_array(${columns.join(', ')})::text AS line FROM ${from}`;
}

/**
 * One query a table, each giving the rows as lines of text, without what two runs over the same records may differ in:
 * surrogate ids, when and how often something was written, latencies, which of two copies of an event was first.
 * Assumes that all stock covers all orders.
 */
export const STATE_QUERIES: Readonly<Record<string, string>> = {
  orders_raw: select(
    [
      ...['topic', 'epoch', 'partition', 'kafka_offset', us('kafka_timestamp'), 'kafka_timestamp_original'],
      ...['delay_bin', 'md5(row_payload::text)', 'row_id'],
    ],
    'orders_raw',
  ),
  events: select(
    [
      ...[
        'order_id',
        us('occurred_at'),
        'content_hash',
        'event_id',
        'event_type',
        'current_status',
        'reason_code',
      ],
      ...['topic', 'partition', 'kafka_offset', us('kafka_timestamp'), 'trace_id'],
      ...['ops_status', 'ops_note', 'ops_operator'],
    ],
    'events',
  ),
  order_keys: select(['order_id', us('partition_at')], 'order_keys'),
  orders: select(ORDER_COLUMNS, 'orders LEFT JOIN orders_raw named ON named.row_id = row_reference_id'),
  order_items: select(
    [
      ...['order_id', us('partition_at'), 'line', 'product_id', 'seller_id', 'quantity', 'price', 'freight'],
      us('hand_over_by'),
    ],
    'order_items',
  ),
  payments: select(
    [
      ...[
        'order_id',
        us('occurred_at'),
        'content_hash',
        'event_id',
        'event_type',
        'method',
        'amount',
        'currency',
      ],
      ...['installments', 'region', 'reason'],
    ],
    'payments',
  ),
  reviews: select(
    [...['order_id', us('occurred_at'), 'content_hash', 'event_id', 'score', 'title', 'comment', 'reasons']],
    'reviews',
  ),
  arrivals: select(['product_id', 'user_id', us('t'), 'order_id'], 'arrivals'),
  holds: select(
    [
      ...['order_id', 'reason_code', 'episode', 'status', 'evidence', us('opened_at'), us('closed_at')],
      ...['ops_status', 'ops_operator', 'ops_note'],
    ],
    'holds',
  ),
  alerts: select(
    [
      ...[
        'dedup_key',
        'kind',
        'severity',
        'a.status',
        'previous_status',
        us('status_since'),
        'subject',
        'a.evidence',
      ],
      ...['a.order_id', 'h.order_id', 'h.reason_code', 'h.episode', 'e.partition', 'e.kafka_offset'],
      us('a.opened_at'),
    ],
    'alerts a LEFT JOIN holds h USING (hold_id) LEFT JOIN pipeline_error_logs e USING (log_id)',
  ),
  alert_actions: select(
    ['dedup_key', 'action', 'actor', 'source', 'status_before', 'status_after'],
    'alert_actions JOIN alerts USING (alert_id)',
  ),
  slack_alert_log: select(
    ['dedup_key', 'channel', 's.state'],
    'slack_alert_log s JOIN alerts USING (alert_id)',
  ),
  pipeline_error_logs: select(
    [
      ...[
        'error_type',
        'error_text',
        'kafka_topic',
        'epoch',
        'partition',
        'kafka_offset',
        us('kafka_timestamp'),
      ],
      ...["encode(record_key, 'hex')", 'headers', 'md5(original)'],
    ],
    'pipeline_error_logs',
  ),
  // Of an order whose quantity changed the reservation keeps the quantity it saw, so that it depends on the batches.
  stock_reservations: select(
    ['order_id', 'product_id', 'outcome', 'state', us('due_at')],
    'stock_reservations',
  ),
  'stock that contradicts the reservations': select(
    ['product_id', 'current_stock', 'reserved_stock', 'opening_stock', 'reserved', 'shipped'],
    `inventory JOIN products USING (product_id) LEFT JOIN (
       SELECT product_id, coalesce(sum(quantity) FILTER (WHERE state = 'RESERVED'), 0) AS reserved,
              coalesce(sum(quantity) FILTER (WHERE state = 'SHIPPED'), 0) AS shipped
       FROM stock_reservations GROUP BY product_id
     ) AS decided USING (product_id)
     WHERE (current_stock, reserved_stock) IS DISTINCT FROM (opening_stock - coalesce(shipped, 0), coalesce(reserved, 0))`,
  ),
  'stock that contradicts its events': select(
    ['product_id', 'current_stock', 'reserved_stock', 'current', 'reserved'],
    `inventory LEFT JOIN (
       SELECT product_id, sum(current_delta) AS current, sum(reserved_delta) AS reserved FROM inventory_events GROUP BY 1
     ) AS log USING (product_id)
     WHERE (current_stock, reserved_stock) IS DISTINCT FROM (coalesce(current, 0), coalesce(reserved, 0))`,
  ),
  warehouse_stock: select(
    ['product_id', 'warehouse_id', 'current', 'reserved', 'costed_pieces', 'costs::float8'],
    'warehouse_stock',
  ),
  state_deltas: select(
    [us('at'), 'kind', 'delta'],
    '(SELECT at, kind, sum(delta) AS delta FROM state_deltas GROUP BY at, kind HAVING sum(delta) <> 0) AS sums',
  ),
  // What comes back on Holdfast's own topics is being read still, and may have been published twice.
  consumer_offsets: select(
    ['topic', 'partition', 'epoch', 'next_offset', 'last_kafka_timestamp'],
    `consumer_offsets WHERE topic = 'orders'`,
  ),
  kafka_outbox: select(['topic', "encode(record_key, 'hex')", 'state'], 'kafka_outbox'),
  metrics_window: select(WINDOW_COLUMNS, 'metrics_window'),
};
