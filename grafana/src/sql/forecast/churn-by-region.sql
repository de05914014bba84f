WITH latest AS (SELECT max(as_of) AS as_of FROM churn_segments WHERE as_of <= $__timeTo())
SELECT region, sum(customers)::float8 AS customers, sum(probability_sum) / nullif(sum(customers), 0) AS probability,
       sum(over_threshold)::float8 AS likely
FROM churn_segments JOIN latest USING (as_of)
WHERE region IN (${region:sqlstring}, 'unknown')
GROUP BY region ORDER BY likely DESC, region
