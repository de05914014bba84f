-- Sums of the steps' points, of the whole hours (days over more than two days) that begin in the chosen time: what was refused
-- of what was answered, what preparing and answering took.
WITH told AS (
    SELECT split_part(series_key, '=', 2) AS restaurant, split_part(series_key, '|', 1) AS metric, sum(sum) AS sum, sum(n) AS n,
           sum(unusual) AS unusual
    FROM (
        SELECT series_key, sum, n, unusual FROM series_points_1h
        WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
        UNION ALL
        SELECT series_key, sum, n, unusual FROM series_points_1d
        WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    ) AS points
    WHERE series_key LIKE '%|restaurant=%'
    GROUP BY 1, 2
)
SELECT restaurant,
       max(sum) FILTER (WHERE metric = 'orders') AS orders,
       max(sum / nullif(n, 0)) FILTER (WHERE metric = 'refusal_rate') AS refused,
       max(sum / nullif(n, 0)) FILTER (WHERE metric = 'prep_seconds') AS preparation,
       max(sum / nullif(n, 0)) FILTER (WHERE metric = 'delivery_seconds') AS "order to door",
       max(sum / nullif(n, 0)) FILTER (WHERE metric = 'response_ms') AS answers,
       sum(unusual)::float8 AS unusual,
       'refusal_rate|restaurant=' || restaurant AS series
FROM told
GROUP BY restaurant
ORDER BY sum(unusual) DESC, max(sum / nullif(n, 0)) FILTER (WHERE metric = 'refusal_rate') DESC NULLS LAST, restaurant
LIMIT 100
