import type { Pool } from 'pg';
import type { Job } from './jobs.ts';

/** How a run of a job went. Times are milliseconds since the epoch. */
export interface JobOutcome {
  readonly job: Job;
  readonly startedAt: number;
  readonly finishedAt: number;
  /** Undefined after a success. */
  readonly error: { readonly message: string; readonly sqlstate: string } | undefined;
}

/** When the job is to run again: after its interval, or sooner after a failure. */
export function nextStart({ job, finishedAt, error }: JobOutcome): number {
  return finishedAt + (error === undefined ? job.everyMs : Math.min(job.everyMs, job.retryMs));
}

/** TimescaleDB's own mark for "never". */
const NEVER = `'-infinity'::timestamptz`;

/**
 * `run_job` leaves no trace, a background worker does: writing the same rows makes timescaledb_information.job_stats,
 * job_history and job_errors tell the same here as on a real server, and keeps the schedule over a restart.
 */
const RECORD_RUN = `
  INSERT INTO _timescaledb_internal.bgw_job_stat AS s
    (job_id, last_start, last_finish, next_start, last_successful_finish, last_run_success, total_runs,
     total_duration, total_duration_failures, total_successes, total_failures, total_crashes,
     consecutive_failures, consecutive_crashes)
  SELECT r.id, r.started, r.finished, r.next, CASE WHEN r.ok THEN r.finished ELSE ${NEVER} END, r.ok, 1,
         CASE WHEN r.ok THEN r.finished - r.started ELSE '0'::interval END,
         CASE WHEN r.ok THEN '0'::interval ELSE r.finished - r.started END,
         r.ok::int, (NOT r.ok)::int, 0, (NOT r.ok)::int, 0
  FROM (SELECT $1::int AS id, to_timestamp($2::float8 / 1000) AS started, to_timestamp($3::float8 / 1000) AS finished,
               to_timestamp($4::float8 / 1000) AS next, $5::boolean AS ok) r
  WHERE EXISTS (SELECT FROM _timescaledb_config.bgw_job j WHERE j.id = r.id)
  ON CONFLICT (job_id) DO UPDATE SET
    last_start = excluded.last_start,
    last_finish = excluded.last_finish,
    next_start = excluded.next_start,
    last_successful_finish = greatest(s.last_successful_finish, excluded.last_successful_finish),
    last_run_success = excluded.last_run_success,
    total_runs = s.total_runs + 1,
    total_duration = s.total_duration + excluded.total_duration,
    total_duration_failures = s.total_duration_failures + excluded.total_duration_failures,
    total_successes = s.total_successes + excluded.total_successes,
    total_failures = s.total_failures + excluded.total_failures,
    consecutive_failures = CASE WHEN excluded.last_run_success THEN 0 ELSE s.consecutive_failures + 1 END`;

const RECORD_FAILURE = `
  INSERT INTO _timescaledb_internal.bgw_job_stat_history
    (job_id, pid, execution_start, execution_finish, succeeded, data)
  SELECT j.id, pg_backend_pid(), to_timestamp($2::float8 / 1000), to_timestamp($3::float8 / 1000), false,
         jsonb_build_object(
           'job', jsonb_build_object('proc_schema', j.proc_schema, 'proc_name', j.proc_name, 'config', j.config),
           'error_data', jsonb_build_object('sqlerrcode', $4::text, 'message', $5::text))
  FROM _timescaledb_config.bgw_job j WHERE j.id = $1::int`;

/** Makes the outcome visible in timescaledb_information.job_stats, and a failure in job_errors. */
export async function recordOutcome(pool: Pool, outcome: JobOutcome): Promise<void> {
  const { job, startedAt, finishedAt, error } = outcome;
  await pool.query(RECORD_RUN, [job.id, startedAt, finishedAt, nextStart(outcome), error === undefined]);
  if (error === undefined) return;
  await pool.query(RECORD_FAILURE, [job.id, startedAt, finishedAt, error.sqlstate, error.message]);
}
