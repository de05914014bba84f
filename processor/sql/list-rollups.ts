import type { Queryable } from '../../platform/database/database.ts';

export interface Rollup {
  name: string;
  /** As an interval. */
  bucketWidth: string;
  /** How far back it may be refreshed, as an interval: facts before that were dropped. Null: to the beginning. */
  startOffset: string | null;
}

/** The continuous aggregates, each after the one it is made from. */
export async function listRollups(db: Queryable): Promise<Rollup[]> {
  const { rows } = await db.query<{ name: string; bucket_width: string; start_offset: string | null }>({
    text: `WITH RECURSIVE levels AS (
             SELECT mat_hypertable_id, 0 AS depth
             FROM _timescaledb_catalog.continuous_agg WHERE parent_mat_hypertable_id IS NULL
             UNION ALL
             SELECT a.mat_hypertable_id, l.depth + 1
             FROM _timescaledb_catalog.continuous_agg a JOIN levels l ON a.parent_mat_hypertable_id = l.mat_hypertable_id
           )
           SELECT format('%I.%I', a.user_view_schema, a.user_view_name) AS name, f.bucket_width,
                  (SELECT j.config->>'start_offset' FROM timescaledb_information.jobs j
                   WHERE j.proc_name = 'policy_refresh_continuous_aggregate'
                     AND (j.config->>'mat_hypertable_id')::integer = l.mat_hypertable_id) AS start_offset
           FROM levels l
           JOIN _timescaledb_catalog.continuous_agg a USING (mat_hypertable_id)
           JOIN _timescaledb_catalog.continuous_aggs_bucket_function f USING (mat_hypertable_id)
           ORDER BY l.depth, name`,
  });
  return rows.map((row) => ({
    name: row.name,
    bucketWidth: row.bucket_width,
    startOffset: row.start_offset,
  }));
}
