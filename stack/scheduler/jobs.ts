import type { Pool } from 'pg';

/** A TimescaleDB job that is due or will be. Times are milliseconds since the epoch. */
export interface Job {
  readonly id: number;
  /** What people know it by: the policy and the table it works on. */
  readonly name: string;
  readonly everyMs: number;
  readonly retryMs: number;
  /** Undefined when it has never run. */
  readonly nextStart: number | undefined;
}

/**
 * Parents come before children (a rollup of a rollup reads what the one below has materialised), refreshes before the
 * jobs that compress or drop what they read. Telemetry has nobody to call from here.
 */
const LIST_JOBS = `
  WITH RECURSIVE aggregates AS (
    SELECT mat_hypertable_id, 0 AS depth
    FROM _timescaledb_catalog.continuous_agg WHERE parent_mat_hypertable_id IS NULL
    UNION ALL
    SELECT child.mat_hypertable_id, parent.depth + 1
    FROM _timescaledb_catalog.continuous_agg child
    JOIN aggregates parent ON child.parent_mat_hypertable_id = parent.mat_hypertable_id
  )
  SELECT j.job_id AS id,
         concat_ws(' ', j.proc_name, 'of', coalesce(j.hypertable_name, 'job'), j.job_id) AS name,
         (extract(epoch FROM j.schedule_interval) * 1000)::float8 AS every_ms,
         (extract(epoch FROM j.retry_period) * 1000)::float8 AS retry_ms,
         (extract(epoch FROM greatest(j.next_start, to_timestamp(0))) * 1000)::float8 AS next_start
  FROM timescaledb_information.jobs j
  LEFT JOIN aggregates a ON j.proc_name = 'policy_refresh_continuous_aggregate'
                        AND a.mat_hypertable_id = (j.config ->> 'mat_hypertable_id')::int
  WHERE j.scheduled AND j.proc_name <> 'policy_telemetry'
  ORDER BY a.depth ASC NULLS LAST, j.job_id`;

interface JobRow {
  id: number;
  name: string;
  every_ms: number;
  retry_ms: number;
  next_start: number | null;
}

/** Every job that is not paused, in the order in which due ones have to run. */
export async function listJobs(pool: Pool): Promise<Job[]> {
  const { rows } = await pool.query<JobRow>(LIST_JOBS);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    everyMs: row.every_ms,
    retryMs: row.retry_ms,
    nextStart: row.next_start ?? undefined,
  }));
}
