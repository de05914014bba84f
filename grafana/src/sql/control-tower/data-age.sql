SELECT greatest(0, extract(epoch FROM now() - max(updated_at))) AS "committed",
       greatest(0, extract(epoch FROM now()) - max(last_kafka_timestamp) / 1000.0) AS "produced"
FROM consumer_offsets
