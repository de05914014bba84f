WITH classes (position, least, most, class) AS (
    VALUES (1, NULL, -22, 'more than 3 weeks early'), (2, -21, -15, '2 to 3 weeks early'), (3, -14, -8, '1 to 2 weeks early'),
           (4, -7, -4, '3 to 7 days early'), (5, -3, -1, 'up to 3 days early'), (6, 0, 2, 'up to 3 days late'),
           (7, 3, 6, '3 to 7 days late'), (8, 7, 13, '1 to 2 weeks late'), (9, 14, NULL, 'more than 2 weeks late')
)
SELECT class, coalesce(sum(orders) FILTER (WHERE days < 0), 0)::float8 AS "kept",
       coalesce(sum(orders) FILTER (WHERE days >= 0), 0)::float8 AS "missed"
FROM classes LEFT JOIN (
    SELECT days, orders FROM promise_errors_1d
    WHERE bucket >= time_bucket('1 day', $__timeFrom()::timestamptz) AND bucket <= $__timeTo()
) AS counted ON days BETWEEN coalesce(least, days) AND coalesce(most, days)
GROUP BY position, class ORDER BY position
