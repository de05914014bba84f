SELECT kafka_timestamp, error_type, error_text, kafka_topic AS topic, partition, kafka_offset, bytes
FROM rejected_records WHERE $__timeFilter(kafka_timestamp)
ORDER BY kafka_timestamp DESC LIMIT 100
