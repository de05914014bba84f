WITH answers AS (
    SELECT time_bucket(platform_grain($__timeFrom(), $__timeTo(), $__interval_ms), bucket) AS time, event_type,
           coalesce(reason, 'no reason given') AS reason, sum(events) AS events
    FROM (
        SELECT bucket, event_type, region, reason, events FROM restaurants_1m
        WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
        UNION ALL
        SELECT bucket, event_type, region, reason, events FROM restaurants_1h
        WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    ) AS counted
    WHERE event_type IN ('ACCEPTED', 'REFUSED') AND region IN (${region:sqlstring})
    GROUP BY 1, 2, 3
),
shares AS (
    SELECT time, event_type, reason, events::float8 / sum(events) OVER (PARTITION BY time) AS share FROM answers
)
SELECT time, reason AS metric, share AS refused FROM shares WHERE event_type = 'REFUSED' ORDER BY 1, 2
