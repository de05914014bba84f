WITH facts AS (
    SELECT sum(orders) FILTER (WHERE kind = 'CREATED') AS created, sum(orders) FILTER (WHERE kind = 'CANCELED') AS canceled,
           sum(orders) FILTER (WHERE kind = 'DELIVERED') AS delivered, sum(late) AS late,
           sum(total_seconds) / nullif(sum(totals), 0) AS delivery_seconds,
           sum(score) FILTER (WHERE kind = 'REVIEWED') AS score, sum(orders) FILTER (WHERE kind = 'REVIEWED') AS reviews
    FROM (
        SELECT * FROM order_facts_1m WHERE by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
        UNION ALL
        SELECT * FROM order_facts_1h WHERE NOT by_the_minute($__timeFrom(), $__timeTo()) AND $__timeFilter(bucket)
    ) AS counted
    WHERE region IN (${region:sqlstring})
)
SELECT coalesce(created, 0)::float8 AS orders,
       canceled::float8 / nullif(created, 0) AS canceled,
       coalesce(delivered, 0)::float8 AS delivered,
       late::float8 / nullif(delivered, 0) AS "after the promise",
       delivery_seconds::float8 AS "it took",
       score::float8 / nullif(reviews, 0) AS satisfaction
FROM facts
