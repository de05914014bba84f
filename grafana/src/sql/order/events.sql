SELECT occurred_at, event_type, current_status AS status, reason_code AS reason, kafka_timestamp AS in_kafka,
       ingested_at AS stored, extract(epoch FROM ingested_at - occurred_at) AS delay,
       concat_ws('; ',
           CASE WHEN count(*) OVER (PARTITION BY event_id) > 1 THEN 'said twice, differently' END,
           CASE WHEN ingested_at > min(ingested_at) OVER (ORDER BY occurred_at, content_hash ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
                THEN 'late: a later event was known first' END,
           'delivered ' || copies.times + 1 || ' times, again as ' || copies.places) AS note,
       topic, partition, kafka_offset, event_id, trace_id
FROM events
LEFT JOIN (
    SELECT occurred_at, content_hash, count(*) AS times,
           string_agg(partition || '/' || kafka_offset, ', ' ORDER BY kafka_timestamp, kafka_offset) AS places
    FROM event_copies WHERE order_id = ${order_id:sqlstring}
    GROUP BY 1, 2
) AS copies USING (occurred_at, content_hash)
WHERE order_id = ${order_id:sqlstring}
ORDER BY occurred_at, content_hash
