SELECT max(extract(epoch FROM now() - nullif(s.last_successful_finish, '-infinity')) / extract(epoch FROM j.schedule_interval)) AS "intervals"
FROM timescaledb_information.jobs j LEFT JOIN timescaledb_information.job_stats s USING (job_id)
WHERE j.proc_name = 'policy_refresh_continuous_aggregate' AND j.scheduled
