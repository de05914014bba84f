INSERT INTO pipeline_error_logs (error_type, error_text, kafka_topic, epoch, partition, kafka_offset, kafka_timestamp, headers,
                                 original, occurred_at)
SELECT (ARRAY['PARSE_ERROR', 'SCHEMA_MISSING', 'SCHEMA_INVALID'])[1 + i % 3],
       (ARRAY['not JSON', 'order_id is missing', 'quantity is no number'])[1 + i % 3], 'orders', 1, i % 6, i, t0, '{}', 'xxxx', t0
FROM made WHERE i % 500 = 0
