SELECT order_id, delivered_at, seller_id, product_id, region,
       extract(epoch FROM handed_over_at - approved_at)::float8 / 86400 AS preparation,
       extract(epoch FROM delivered_at - handed_over_at)::float8 / 86400 AS transit,
       extract(epoch FROM delivered_at - promised_at)::float8 / 86400 AS beyond
FROM delivery_outcomes
WHERE $__timeFilter(delivered_at) AND ${seller:sqlstring} IN ('', seller_id)
ORDER BY delivered_at DESC LIMIT 100
