WITH bins AS (
    SELECT band, bin, sum(sum(trips)) OVER (PARTITION BY band ORDER BY bin) AS up_to, sum(sum(trips)) OVER (PARTITION BY band) AS total
    FROM distance_times_1d
    WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
    GROUP BY 1, 2
)
SELECT (ARRAY['< 25', '< 50', '< 100', '< 200', '< 400', '< 700', '< 1,000', '< 1,500', '< 2,000', '< 2,500', 'beyond'])[band] AS distance,
       bin_seconds(min(bin) FILTER (WHERE up_to >= 0.5 * total)) / 86400 AS "half",
       bin_seconds(min(bin) FILTER (WHERE up_to >= 0.9 * total)) / 86400 AS "90 %"
FROM bins GROUP BY band ORDER BY band
