-- The reason shown on an order with several open holds is the first of these.
CREATE OR REPLACE FUNCTION hold_priority(reason text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE reason
        WHEN 'FUL-VALID' THEN 1
        WHEN 'FUL-FRAUD-USER' THEN 2
        WHEN 'FUL-FRAUD-PROD' THEN 3
        WHEN 'FUL-INV' THEN 4
        ELSE 5
    END
$$;

-- Orders as people see them: the folded state, with HOLD laid over it while a hold is open.
CREATE OR REPLACE VIEW orders_current AS
SELECT o.order_id, o.user_id, o.product_id, o.product_name, o.shipping_address, o.quantity, o.amount, o.currency,
       o.channel, o.region, o.seller_id, o.customer_zip, o.seller_zip, o.promised_at,
       o.current_stage,
       CASE WHEN h.hold_id IS NULL THEN o.current_status ELSE 'HOLD' END AS current_status,
       o.current_status AS folded_status,
       o.last_event_type, o.last_occurred_at, o.event_produced_at, o.latency_p_to_k_sec, o.latency_p_to_d_sec,
       h.reason_code AS hold_reason_code,
       h.ops_status AS hold_ops_status,
       h.ops_note AS hold_ops_note,
       h.ops_operator AS hold_ops_operator,
       h.ops_updated_at AS hold_ops_updated_at,
       h.opened_at AS hold_opened_at,
       o.row_reference_id, o.created_at, o.first_event_at, o.created_event_at, o.paid_at, o.picking_at, o.packed_at,
       o.shipped_at, o.delivered_at, o.canceled_at, o.left_paid_at, o.partition_at, o.ingested_at
FROM orders o
LEFT JOIN LATERAL (
    SELECT hold_id, reason_code, ops_status, ops_note, ops_operator, ops_updated_at, opened_at
    FROM holds
    WHERE holds.order_id = o.order_id AND holds.status = 'OPEN'
    ORDER BY hold_priority(reason_code), episode DESC
    LIMIT 1
) h ON true;

-- The older table of the same name, by 30 minutes, right for past windows too. States (backlog, holds_now, late_orders,
-- alerts_*) are those at the window's end: running sums of the deltas.
CREATE OR REPLACE VIEW metrics_window AS
WITH deltas AS (
    SELECT bucket,
           coalesce(sum(delta) FILTER (WHERE kind = 'order_created'), 0) AS orders,
           coalesce(sum(delta) FILTER (WHERE kind = 'order_paid'), 0) AS payments,
           coalesce(sum(delta) FILTER (WHERE kind = 'order_shipped'), 0) AS shipped,
           coalesce(sum(delta) FILTER (WHERE kind = 'hold_opened'), 0) AS holds,
           coalesce(sum(delta) FILTER (WHERE kind = 'rejected_parse_error'), 0) AS parse_errors,
           coalesce(sum(delta) FILTER (WHERE kind = 'rejected_schema_missing'), 0) AS schema_missing,
           coalesce(sum(delta) FILTER (WHERE kind LIKE 'rejected%'), 0) AS rejected,
           coalesce(sum(delta) FILTER (WHERE kind = 'backlog'), 0) AS backlog,
           coalesce(sum(delta) FILTER (WHERE kind = 'hold_open'), 0) AS holds_now,
           coalesce(sum(delta) FILTER (WHERE kind = 'late'), 0) AS late_orders,
           coalesce(sum(delta) FILTER (WHERE kind = 'alert_open'), 0) AS alerts_open,
           coalesce(sum(delta) FILTER (WHERE kind = 'alert_ack'), 0) AS alerts_ack,
           coalesce(sum(delta) FILTER (WHERE kind = 'alert_resolved'), 0) AS alerts_resolved,
           coalesce(sum(delta) FILTER (WHERE kind = 'alert_retry'), 0) AS alerts_retry
    FROM state_deltas_30m GROUP BY bucket
),
event_counts AS (
    SELECT bucket, sum(events) AS events, sum(errors) AS errors FROM events_30m GROUP BY bucket
),
record_counts AS (
    SELECT bucket, sum(records) AS records FROM records_30m GROUP BY bucket
),
delay_bins AS (
    SELECT bucket, delay_bin,
           sum(sum(records)) OVER (PARTITION BY bucket ORDER BY delay_bin) AS up_to,
           sum(sum(records)) OVER (PARTITION BY bucket) AS total
    FROM delays_30m GROUP BY bucket, delay_bin
),
delays AS (
    -- Nearest rank: the smallest bin with at least 95 % of the records in or below it.
    SELECT bucket, CASE min(delay_bin) WHEN -32768 THEN 0 ELSE power(1.05::double precision, min(delay_bin)) END AS p95
    FROM delay_bins WHERE up_to >= 0.95 * total GROUP BY bucket
),
-- A late order's delta lies ahead of the data; the windows end with what has happened.
bounds AS (
    SELECT min(first) AS first, max(last) AS last
    FROM (
        SELECT min(bucket) AS first, max(bucket) AS last FROM event_counts
        UNION ALL SELECT min(bucket), max(bucket) FROM record_counts
        UNION ALL SELECT min(bucket), max(bucket) FILTER (WHERE parse_errors + schema_missing + rejected + holds <> 0) FROM deltas
    ) AS spans
),
windows AS (
    SELECT generate_series(first, last, INTERVAL '30 minutes') AS bucket FROM bounds
)
SELECT w.bucket AS window_start,
       w.bucket + INTERVAL '30 minutes' AS window_end,
       coalesce(d.orders, 0)::bigint AS orders,
       coalesce(d.payments, 0)::bigint AS payments,
       coalesce(d.shipped, 0)::bigint AS shipped,
       coalesce(d.holds, 0)::bigint AS holds,
       CASE WHEN coalesce(d.orders, 0) = 0 THEN 0 ELSE d.holds::double precision / d.orders::double precision END AS hold_rate,
       (coalesce(r.records, 0) + coalesce(d.rejected, 0))::bigint AS ingest_count,
       coalesce(d.parse_errors, 0)::bigint AS parse_errors,
       coalesce(d.schema_missing, 0)::bigint AS schema_missing,
       coalesce(e.events, 0)::bigint AS event_total,
       coalesce(e.errors, 0)::bigint AS event_errors,
       coalesce(p.p95, 0)::double precision AS delay_p95_sec,
       (sum(coalesce(d.backlog, 0)) OVER so_far)::bigint AS backlog,
       (sum(coalesce(d.holds_now, 0)) OVER so_far)::bigint AS holds_now,
       (sum(coalesce(d.late_orders, 0)) OVER so_far)::bigint AS late_orders,
       (sum(coalesce(d.alerts_open, 0)) OVER so_far)::bigint AS alerts_open,
       (sum(coalesce(d.alerts_ack, 0)) OVER so_far)::bigint AS alerts_ack,
       (sum(coalesce(d.alerts_resolved, 0)) OVER so_far)::bigint AS alerts_resolved,
       (sum(coalesce(d.alerts_retry, 0)) OVER so_far)::bigint AS alerts_retry,
       w.bucket + INTERVAL '30 minutes' AS created_at
FROM windows w
LEFT JOIN deltas d USING (bucket)
LEFT JOIN event_counts e USING (bucket)
LEFT JOIN record_counts r USING (bucket)
LEFT JOIN delays p USING (bucket)
WINDOW so_far AS (ORDER BY w.bucket);
COMMENT ON VIEW metrics_window IS 'What each half hour brought, and the state at its end. ingest_count: every record Kafka delivered, rejected ones too.';
