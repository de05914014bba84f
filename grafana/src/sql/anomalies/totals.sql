SELECT (SELECT count(*) FROM incidents WHERE $__timeFilter(opened_at))::float8 AS incidents,
       (SELECT count(*) FROM incidents WHERE $__timeFilter(opened_at) AND severity = 'critical')::float8 AS critical,
       (SELECT count(*) FILTER (WHERE cause <> 'UNKNOWN')::float8 / nullif(count(*), 0)
        FROM incidents WHERE $__timeFilter(opened_at)) AS "cause named",
       (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM noticed_at - at + coalesce((SELECT step FROM detection_progress), INTERVAL '0'))::float8)
        FROM anomalies WHERE $__timeFilter(at) AND noticed_at IS NOT NULL) AS "noticed after",
       (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM closed_at - opened_at)::float8)
        FROM incidents WHERE $__timeFilter(opened_at) AND closed_at IS NOT NULL) AS "over after"
