import type { Pool } from 'pg';
import type { ToldAction } from '../story.ts';

export async function readToldActions(pool: Pool, since: Date): Promise<ToldAction[]> {
  const { rows } = await pool.query<ToldAction>(
    `SELECT action_id AS "actionId", action, target, status, at AS "decidedAt",
            (effect->>'returned_after_seconds')::float8 AS "returnedAfterSeconds",
            (effect->>'observed')::float8 AS observed, (effect->>'without_action')::float8 AS "withoutAction"
     FROM actions WHERE receiver IS NOT NULL AND at >= $1 ORDER BY at DESC LIMIT 100`,
    [since],
  );
  return rows;
}
