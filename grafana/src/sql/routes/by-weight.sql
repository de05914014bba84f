WITH bins AS (
    SELECT class, bin, sum(sum(trips)) OVER (PARTITION BY class ORDER BY bin) AS up_to, sum(sum(trips)) OVER (PARTITION BY class) AS total
    FROM weight_times_1d
    WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
    GROUP BY 1, 2
)
SELECT (ARRAY['< 500 g', '< 1 kg', '< 2 kg', '< 5 kg', '< 10 kg', '< 20 kg', 'beyond'])[class] AS weight,
       bin_seconds(min(bin) FILTER (WHERE up_to >= 0.5 * total)) / 86400 AS "half",
       bin_seconds(min(bin) FILTER (WHERE up_to >= 0.9 * total)) / 86400 AS "90 %"
FROM bins GROUP BY class ORDER BY class
