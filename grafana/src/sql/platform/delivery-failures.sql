SELECT coalesce(reason, 'no reason given') AS reason, sum(events)::float8 AS deliveries
FROM (
    SELECT bucket, event_type, region, reason, events FROM delivery_events_1m
    WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    UNION ALL
    SELECT bucket, event_type, region, reason, events FROM delivery_events_1h
    WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
) AS counted
WHERE event_type = 'FAILED' AND region IN (${region:sqlstring})
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 12
