SELECT topic, partition, epoch, next_offset, extract(epoch FROM now()) - last_kafka_timestamp / 1000.0 AS since_produced,
       extract(epoch FROM now() - updated_at) AS since_committed
FROM consumer_offsets ORDER BY topic, partition
