SELECT error_type, error_text, count(*) AS times, min(occurred_at) AS first_seen, max(occurred_at) AS last_seen
FROM rejected_records
WHERE occurred_at >= time_bucket('1 day', now(), 'Asia/Seoul')
  AND NOT EXISTS (
      SELECT FROM rejected_records earlier
      WHERE earlier.error_type = rejected_records.error_type AND earlier.error_text = rejected_records.error_text
        AND earlier.kafka_timestamp >= now() - INTERVAL '31 days'
        AND earlier.occurred_at < time_bucket('1 day', now(), 'Asia/Seoul'))
GROUP BY 1, 2 ORDER BY times DESC LIMIT 50
