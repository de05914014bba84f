SELECT coalesce(floor(extract(epoch FROM min(bucket)) * 1000)::text, 'now-30d') AS "from" FROM deliveries_1d
