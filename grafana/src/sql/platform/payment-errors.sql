WITH counted AS (
    SELECT coalesce(method, 'unknown') AS method, event_type, coalesce(reason, 'no reason given') AS reason, sum(events) AS events
    FROM (
        SELECT bucket, event_type, region, method, reason, events FROM payments_1m
        WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
        UNION ALL
        SELECT bucket, event_type, region, method, reason, events FROM payments_1h
        WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    ) AS told
    WHERE region IN (${region:sqlstring}, 'unknown')
    GROUP BY 1, 2, 3
)
SELECT method,
       coalesce(sum(events) FILTER (WHERE event_type = 'APPROVED'), 0)::float8 AS approved,
       coalesce(sum(events) FILTER (WHERE event_type = 'FAILED'), 0)::float8
           / nullif(sum(events) FILTER (WHERE event_type IN ('APPROVED', 'FAILED')), 0) AS failed,
       coalesce(sum(events) FILTER (WHERE event_type = 'REFUNDED'), 0)::float8 AS refunded,
       coalesce(string_agg(events || ' ' || reason, ', ' ORDER BY events DESC) FILTER (WHERE event_type = 'FAILED'), '') AS reasons,
       'payment_failure_rate|method=' || method AS series
FROM counted GROUP BY method ORDER BY failed DESC NULLS LAST, method
