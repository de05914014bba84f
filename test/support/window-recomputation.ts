import type { Database } from '../../platform/database/database.ts';

/**
 * metrics_window once more, in SQL of another style: for every half hour everything is looked up again in the base
 * tables, states by asking which intervals contain the window's last instant. No deltas, no rollups, no histogram.
 *
 * The life of an alert is read from its audit. An operator's transition is dated by its row; one that follows from an
 * inbound HOLD_CLEARED by that event, but no status can end before it began.
 */
const RECOMPUTED = `
WITH decided AS (
  SELECT alert_id, status_after AS status, at AS since FROM alert_actions WHERE source <> 'auto'
),
transitions AS (
  SELECT alert_id, 'OPEN' AS status, opened_at AS since, 0 AS step FROM alerts
  UNION ALL SELECT alert_id, status, since, 1 FROM decided
  UNION ALL
  SELECT alert_id, 'RESOLVED',
         greatest(h.closed_at, (SELECT max(since) FROM decided WHERE decided.alert_id = x.alert_id)), 2
  FROM alert_actions x JOIN alerts USING (alert_id) JOIN holds h USING (hold_id) WHERE x.source = 'auto'
),
lives AS (
  SELECT status, tstzrange(since, lead(since) OVER (PARTITION BY alert_id ORDER BY since, step)) AS life
  FROM transitions
),
moments AS (
  SELECT kafka_timestamp AS at FROM orders_raw
  UNION ALL SELECT kafka_timestamp FROM pipeline_error_logs
  UNION ALL SELECT occurred_at FROM events
  UNION ALL SELECT opened_at FROM holds
),
windows AS (
  SELECT s AS start, s + INTERVAL '30 minutes' AS stop, tstzrange(s, s + INTERVAL '30 minutes') AS span,
         s + INTERVAL '30 minutes' - INTERVAL '1 microsecond' AS last
  FROM (SELECT least(min(at), (SELECT min(opened_at) FROM alerts)) AS lo, max(at) AS hi FROM moments) AS bounds,
       generate_series(to_timestamp(floor(extract(epoch FROM lo) / 1800) * 1800), hi, INTERVAL '30 minutes') AS s
)
SELECT w.start AS window_start, w.stop AS window_end, o.orders, o.payments, o.shipped, h.holds,
       CASE WHEN o.orders > 0 THEN h.holds::float8 / o.orders ELSE 0 END AS hold_rate,
       r.accepted + e.rejected AS ingest_count, e.parse_errors, e.schema_missing,
       ev.event_total, ev.event_errors, coalesce(r.p95, 0) AS delay_p95_sec,
       o.backlog, h.holds_now, o.late_orders, a.alerts_open, a.alerts_ack, a.alerts_resolved, a.alerts_retry
FROM windows w
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE span @> created_event_at) AS orders,
         count(*) FILTER (WHERE span @> paid_at) AS payments,
         count(*) FILTER (WHERE span @> shipped_at) AS shipped,
         count(*) FILTER (WHERE tstzrange(first_event_at, least(delivered_at, canceled_at)) @> last) AS backlog,
         count(*) FILTER (WHERE paid_at + INTERVAL '2 hours' <= last
                            AND (left_paid_at IS NULL
                                 OR (left_paid_at > last AND left_paid_at > paid_at + INTERVAL '2 hours'))) AS late_orders
  FROM orders
) o
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE span @> opened_at) AS holds,
         count(*) FILTER (WHERE tstzrange(opened_at, closed_at) @> last) AS holds_now
  FROM holds
) h
CROSS JOIN LATERAL (
  SELECT count(*) AS accepted,
         percentile_disc(0.95) WITHIN GROUP (ORDER BY greatest(0, extract(epoch FROM kafka_timestamp
           - coalesce(nullif(row_payload->>'occurred_at', ''), row_payload->>'last_occurred_at')::timestamptz)::float8)) AS p95
  FROM orders_raw WHERE span @> kafka_timestamp
) r
CROSS JOIN LATERAL (
  SELECT count(*) AS rejected, count(*) FILTER (WHERE error_type = 'PARSE_ERROR') AS parse_errors,
         count(*) FILTER (WHERE error_type = 'SCHEMA_MISSING') AS schema_missing
  FROM pipeline_error_logs WHERE span @> kafka_timestamp
) e
CROSS JOIN LATERAL (
  SELECT count(*) AS event_total, count(*) FILTER (WHERE reason_code <> '') AS event_errors
  FROM events WHERE span @> occurred_at
) ev
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE status = 'OPEN') AS alerts_open, count(*) FILTER (WHERE status = 'ACK') AS alerts_ack,
         count(*) FILTER (WHERE status = 'RESOLVED') AS alerts_resolved,
         count(*) FILTER (WHERE status = 'RETRY_REQUESTED') AS alerts_retry
  FROM lives WHERE life @> last
) a
ORDER BY w.start`;

export type WindowRow = Record<string, number>;

/** What metrics_window has to say. */
export async function recomputedWindows(database: Database): Promise<WindowRow[]> {
  return (await database.query<WindowRow>(RECOMPUTED)).rows;
}

/** What it says; a percentile that is right to 2.5 % is taken to be the exact one. */
export async function storedWindows(database: Database, exact: readonly WindowRow[]): Promise<WindowRow[]> {
  const { rows } = await database.query<WindowRow>(
    'SELECT * FROM metrics_window ORDER BY metrics_window.window_start',
  );
  return rows.map(({ created_at, ...row }, i) => {
    const p95 = exact[i]?.delay_p95_sec ?? 0;
    const isRight = Math.abs((row.delay_p95_sec ?? 0) - p95) <= p95 * 0.025 + 1e-9;
    return isRight ? { ...row, delay_p95_sec: p95 } : row;
  });
}
