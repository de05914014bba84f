SELECT coalesce(a.view_name, c.hypertable_name) AS relation, count(*) AS chunks,
       count(*) FILTER (WHERE c.is_compressed) AS compressed,
       count(*) FILTER (WHERE NOT c.is_compressed AND c.range_end < now() - (j.config->>'compress_after')::interval) AS overdue
FROM timescaledb_information.jobs j
LEFT JOIN timescaledb_information.continuous_aggregates a ON a.materialization_hypertable_name = j.hypertable_name
JOIN timescaledb_information.chunks c ON c.hypertable_name = j.hypertable_name
WHERE j.proc_name = 'policy_compression'
GROUP BY 1 ORDER BY 1
