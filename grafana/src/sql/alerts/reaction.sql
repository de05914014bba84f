-- From the moment the alert was written, not from event time: an order of last year is no reason to blame anybody.
SELECT max(half) FILTER (WHERE status = 'ACK') AS "to ACK, half",
       max(p95) FILTER (WHERE status = 'ACK') AS "to ACK, 95 %",
       max(half) FILTER (WHERE status = 'RESOLVED') AS "to RESOLVE, half",
       max(p95) FILTER (WHERE status = 'RESOLVED') AS "to RESOLVE, 95 %"
FROM (
    SELECT status, percentiles[1] AS half, percentiles[2] AS p95
    FROM (
        SELECT d.status_after AS status,
               percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY date_part('epoch', d.at - a.created_at)) AS percentiles
        FROM alert_actions d JOIN alerts_masked a USING (alert_id)
        WHERE $__timeFilter(d.at) AND d.source <> 'auto' AND d.status_after IN ('ACK', 'RESOLVED')
        GROUP BY 1
    ) AS by_status
) AS reactions
