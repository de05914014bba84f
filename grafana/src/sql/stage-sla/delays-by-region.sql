SELECT region, sum(delivered) AS delivered, sum(promised) AS promised, sum(delayed) AS delayed,
       sum(delayed)::float8 / nullif(sum(promised), 0) AS delay_rate,
       sum(canceled)::float8 / nullif(sum(orders), 0) AS cancel_rate
FROM (
    SELECT * FROM deliveries_1h WHERE $__interval_ms < 300000 AND $__timeFilter(bucket)
    UNION ALL
    SELECT * FROM deliveries_1d WHERE $__interval_ms >= 300000 AND $__timeFilter(bucket)
) AS counted
GROUP BY region ORDER BY delay_rate DESC NULLS LAST, delivered DESC LIMIT 50
