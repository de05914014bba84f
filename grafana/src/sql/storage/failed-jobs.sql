SELECT count(*) AS "failed jobs"
FROM timescaledb_information.job_stats WHERE last_run_status = 'Failed'
