import type { Pool } from 'pg';
import type { ToldLook } from '../churn-story.ts';

/** The weekly looks at all customers since then. */
export async function readToldLooks(pool: Pool, since: Date): Promise<ToldLook[]> {
  const { rows } = await pool.query<ToldLook>(
    `SELECT m.as_of AS "asOf", m.kind = 'LOGISTIC' AS "hasLearnt", m.auc,
            coalesce(sum(s.customers), 0)::integer AS customers,
            coalesce(sum(s.customers) FILTER (WHERE s.segment = 'FALLING'), 0)::integer AS falling,
            coalesce(sum(s.over_threshold) FILTER (WHERE s.segment = 'FALLING'), 0)::integer AS likely
     FROM churn_models m LEFT JOIN churn_segments s USING (as_of)
     WHERE m.as_of >= $1 GROUP BY m.as_of ORDER BY m.as_of`,
    [since],
  );
  return rows;
}
