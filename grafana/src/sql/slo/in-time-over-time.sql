SELECT time_bucket(greatest(dashboard_grain($__interval_ms), INTERVAL '1 hour'), bucket) AS time,
       1 - sum(late)::float8 / nullif(sum(judged), 0) AS "in time"
FROM orders_in_time WHERE $__timeFilter(bucket)
GROUP BY 1 ORDER BY 1
