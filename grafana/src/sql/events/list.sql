SELECT occurred_at, order_id, event_type, current_status AS status, reason_code AS reason, ingested_at AS stored,
       extract(epoch FROM ingested_at - occurred_at) AS delay, topic, partition, kafka_offset, event_id, trace_id
FROM events
WHERE $__timeFilter(occurred_at)
  AND event_type IN (${event_type:sqlstring})
  AND (${errors_only:sqlstring} = 'no' OR reason_code IS NOT NULL)
ORDER BY occurred_at DESC LIMIT 200
