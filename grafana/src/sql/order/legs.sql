WITH this AS (
    SELECT l.position, l.leg, extract(epoch FROM CASE l.position
               WHEN 1 THEN o.paid_at - coalesce(o.created_event_at, o.first_event_at)
               WHEN 2 THEN o.picking_at - o.paid_at
               WHEN 3 THEN o.packed_at - o.picking_at
               WHEN 4 THEN o.shipped_at - o.packed_at
               WHEN 5 THEN o.delivered_at - o.shipped_at
               ELSE o.delivered_at - coalesce(o.created_event_at, o.first_event_at) END) AS took
    FROM order_legs l, orders_masked o
    WHERE o.order_id = ${order_id:sqlstring}
      AND o.partition_at = (SELECT partition_at FROM order_keys WHERE order_id = ${order_id:sqlstring})
),
bins AS (
    SELECT leg, bin, sum(sum(orders)) OVER (PARTITION BY leg ORDER BY bin) AS up_to, sum(sum(orders)) OVER (PARTITION BY leg) AS total
    FROM lead_times_1d WHERE bucket >= now() - INTERVAL '31 days' GROUP BY leg, bin
)
SELECT t.leg, t.took,
       bin_seconds(min(b.bin) FILTER (WHERE b.up_to >= 0.5 * b.total)) AS usual,
       bin_seconds(min(b.bin) FILTER (WHERE b.up_to >= 0.95 * b.total)) AS p95,
       t.took / nullif(bin_seconds(min(b.bin) FILTER (WHERE b.up_to >= 0.95 * b.total)), 0) AS share_of_p95
FROM this t LEFT JOIN bins b USING (leg)
GROUP BY t.position, t.leg, t.took ORDER BY t.position
