-- The looks in the chosen time; what was known at its beginning, and once more at its end.
WITH looks AS (
    SELECT DISTINCT as_of FROM churn_segments WHERE as_of <= $__timeTo()
),
shown AS (
    SELECT as_of, greatest(as_of, $__timeFrom()::timestamptz) AS time FROM looks
    WHERE as_of >= coalesce((SELECT max(as_of) FROM looks WHERE as_of <= $__timeFrom()), '-infinity')
    UNION ALL
    SELECT max(as_of), $__timeTo()::timestamptz FROM looks
)
SELECT s.time, c.segment AS metric, sum(c.customers)::float8 AS customers
FROM shown s JOIN churn_segments c USING (as_of)
WHERE c.region IN (${region:sqlstring}, 'unknown')
GROUP BY 1, 2 ORDER BY 1, 2
