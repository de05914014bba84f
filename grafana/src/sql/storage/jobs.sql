SELECT j.job_id, j.proc_name AS job, coalesce(j.hypertable_name, '') AS of, s.last_run_status AS status,
       s.total_runs AS runs, s.total_failures AS failures, nullif(s.last_run_started_at, '-infinity') AS last_run, j.next_start
FROM timescaledb_information.jobs j
LEFT JOIN timescaledb_information.job_stats s USING (job_id)
ORDER BY s.total_failures DESC NULLS LAST, j.job_id
