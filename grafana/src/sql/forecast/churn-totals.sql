WITH latest AS (SELECT max(as_of) AS as_of FROM churn_segments WHERE as_of <= $__timeTo())
SELECT sum(customers)::float8 AS customers, sum(over_threshold)::float8 AS "likely to leave",
       sum(probability_sum) AS "expected to leave",
       sum(customers) FILTER (WHERE segment = 'FALLING')::float8 / nullif(sum(customers), 0) AS "ordering less"
FROM churn_segments JOIN latest USING (as_of)
WHERE region IN (${region:sqlstring}, 'unknown')
