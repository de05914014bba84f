-- From the moment the alert was written, not from event time: an order of last year is no reason to blame anybody. Of a
-- few days from the actions themselves, else out of counts by bin, at most 2.5 % off.
WITH bins AS (
    SELECT status, bin, sum(sum(actions)) OVER (PARTITION BY status ORDER BY bin) AS up_to, sum(sum(actions)) OVER (PARTITION BY status) AS total
    FROM (
        SELECT d.status_after AS status, duration_bin(a.created_at, d.at) AS bin, 1 AS actions
        FROM alert_actions d JOIN alerts_masked a USING (alert_id)
        WHERE $__interval_ms < 300000 AND $__timeFilter(d.at) AND d.source <> 'auto' AND d.status_after IN ('ACK', 'RESOLVED')
        UNION ALL
        SELECT status_after, bin, actions FROM alert_actions_1d
        WHERE $__interval_ms >= 300000 AND $__timeFilter(bucket) AND source <> 'auto' AND status_after IN ('ACK', 'RESOLVED')
    ) AS counted
    GROUP BY status, bin
)
SELECT bin_seconds(min(bin) FILTER (WHERE status = 'ACK' AND up_to >= 0.5 * total)) AS "to ACK, half",
       bin_seconds(min(bin) FILTER (WHERE status = 'ACK' AND up_to >= 0.95 * total)) AS "to ACK, 95 %",
       bin_seconds(min(bin) FILTER (WHERE status = 'RESOLVED' AND up_to >= 0.5 * total)) AS "to RESOLVE, half",
       bin_seconds(min(bin) FILTER (WHERE status = 'RESOLVED' AND up_to >= 0.95 * total)) AS "to RESOLVE, 95 %"
FROM bins
