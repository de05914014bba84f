-- As of the last step of each region within the chosen time; orders of the hour before it.
WITH last AS (
    SELECT DISTINCT ON (series_key) series_key, split_part(series_key, '|', 1) AS metric, split_part(series_key, '=', 2) AS region,
           at, observed, expected
    FROM series_points
    WHERE at > $__timeTo()::timestamptz - INTERVAL '3 hours' AND at <= $__timeTo()
      AND series_key IN (SELECT metric || '|region=' || region
                         FROM unnest(ARRAY['riders_online', 'riders_idle']) AS metric, unnest(ARRAY[${region:sqlstring}]) AS region)
      AND observed IS NOT NULL
    ORDER BY series_key, at DESC
),
asked AS (
    SELECT region, sum(orders) AS orders FROM order_facts_1m
    WHERE bucket > $__timeTo()::timestamptz - INTERVAL '1 hour' AND bucket <= $__timeTo() AND kind = 'CREATED'
    GROUP BY 1
)
SELECT region, max(observed) FILTER (WHERE metric = 'riders_online') AS there,
       max(expected) FILTER (WHERE metric = 'riders_online') AS expected,
       max(observed) FILTER (WHERE metric = 'riders_idle') AS waiting,
       max(observed) FILTER (WHERE metric = 'riders_online') / nullif(max(expected) FILTER (WHERE metric = 'riders_online'), 0) AS share,
       coalesce(max(a.orders), 0)::float8 AS orders,
       'riders_online|region=' || region AS series
FROM last LEFT JOIN asked a USING (region)
GROUP BY region ORDER BY share NULLS LAST, region
