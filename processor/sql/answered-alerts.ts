import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/**
 * Orders to the supplier of which the seller was told, and that are answered, with all that followed while they were
 * waited for. An order begins such a chain when none before it is waited for any more: `isFirst` of the plan.
 *
 * @param actionIds orders that have been answered just now; of other chains nothing is said
 * @returns the first of each chain, with when the last of its pieces came
 */
export async function answeredAlerts(
  db: Queryable,
  actionIds: readonly string[],
): Promise<{ actionId: string; at: Micros }[]> {
  if (actionIds.length === 0) return [];
  const { rows } = await db.query<{ action_id: string; at: Micros }>({
    name: 'answered_alerts',
    text: `WITH ordered AS (
             SELECT action_id, product_id, sequence, received_at,
                    coalesce(max(least(due_at, received_at)) OVER (
                      PARTITION BY product_id ORDER BY sequence ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                    ) <= ordered_at, true) AS is_first
             FROM replenishments
             WHERE product_id IN (SELECT product_id FROM replenishments WHERE action_id = ANY($1))
           ), chains AS (
             SELECT *, count(*) FILTER (WHERE is_first) OVER (PARTITION BY product_id ORDER BY sequence) AS chain
             FROM ordered
           )
           SELECT (array_agg(action_id ORDER BY sequence))[1] AS action_id,
                  (extract(epoch FROM max(received_at)) * 1000000)::bigint AS at
           FROM chains GROUP BY product_id, chain
           HAVING bool_and(received_at IS NOT NULL) AND bool_or(action_id = ANY($1))
           ORDER BY 1`,
    values: [actionIds],
  });
  return rows.map((row) => ({ actionId: row.action_id, at: row.at }));
}
