SELECT a.view_name AS aggregate, extract(epoch FROM now() - nullif(s.last_successful_finish, '-infinity')) AS age,
       extract(epoch FROM j.schedule_interval) AS every, s.last_run_status AS status, s.total_failures AS failures,
       extract(epoch FROM s.last_run_duration) AS took
FROM timescaledb_information.jobs j
JOIN timescaledb_information.continuous_aggregates a
  ON a.materialization_hypertable_name = j.hypertable_name OR a.view_name = j.hypertable_name
LEFT JOIN timescaledb_information.job_stats s USING (job_id)
WHERE j.proc_name = 'policy_refresh_continuous_aggregate'
ORDER BY 1
