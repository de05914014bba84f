SELECT coalesce(ceil(extract(epoch FROM greatest(
           (SELECT max(bucket) + INTERVAL '1 day' FROM deliveries_1d),
           (SELECT max(delivered_at) FROM delivery_outcomes))) * 1000)::text, 'now') AS "to"
