-- Levels of each step, averaged within a region before regions are added up.
WITH keys AS (
    SELECT metric || '|region=' || region AS series_key
    FROM unnest(ARRAY['riders_online', 'riders_idle']) AS metric, unnest(ARRAY[${region:sqlstring}]) AS region
),
points AS (
    SELECT at, series_key, observed, (observed IS NOT NULL)::integer AS observations, expected,
           (expected IS NOT NULL)::integer AS expectations
    FROM series_points
    WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(at) AND series_key IN (SELECT series_key FROM keys)
    UNION ALL
    SELECT bucket, series_key, observed, observations, expected, expectations
    FROM series_points_1h
    WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket) AND series_key IN (SELECT series_key FROM keys)
),
levels AS (
    SELECT time_bucket(platform_grain($__timeFrom(), $__timeTo(), $__interval_ms), at) AS time, series_key,
           sum(observed) / nullif(sum(observations), 0) AS observed, sum(expected) / nullif(sum(expectations), 0) AS expected
    FROM points GROUP BY 1, 2
)
SELECT time,
       sum(observed) FILTER (WHERE series_key LIKE 'riders_online|%') AS there,
       sum(observed) FILTER (WHERE series_key LIKE 'riders_idle|%') AS "waiting for an order",
       sum(expected) FILTER (WHERE series_key LIKE 'riders_online|%') AS expected
FROM levels GROUP BY 1 ORDER BY 1
