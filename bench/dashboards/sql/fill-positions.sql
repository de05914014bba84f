INSERT INTO consumer_offsets (topic, partition, next_offset, last_kafka_timestamp)
SELECT 'orders', i % 6, max(i) * 10, extract(epoch FROM max(t0))::bigint * 1000 FROM made GROUP BY i % 6
