SELECT occurred_at, event_type, current_status AS status, reason_code AS reason, kafka_timestamp AS in_kafka,
       ingested_at AS stored, extract(epoch FROM ingested_at - occurred_at) AS delay,
       CASE
           WHEN count(*) OVER (PARTITION BY event_id) > 1 THEN 'said twice, differently'
           WHEN ingested_at > min(ingested_at) OVER (ORDER BY occurred_at, content_hash ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
               THEN 'late: a later event was known first'
           ELSE ''
       END AS note,
       topic, partition, kafka_offset, event_id, trace_id
FROM events WHERE order_id = ${order_id:sqlstring}
ORDER BY occurred_at, content_hash
