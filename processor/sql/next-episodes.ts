import type { HoldReason } from '../../domain/holds/reasons.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

export interface NextEpisode {
  episode: number;
  /** Not before: the episode before it was closed then. Null: that one is open, and this is it. */
  notBefore: Micros | null;
}

/** Which episode of a reason these orders are in: the last one while it is open, else the one after it. */
export async function nextEpisodes(
  db: Queryable,
  reason: HoldReason,
  orderIds: readonly string[],
): Promise<Map<string, NextEpisode>> {
  if (orderIds.length === 0) return new Map();
  const { rows } = await db.query<{ order_id: string; episode: number; closed_at: Micros | null }>({
    name: 'next_episodes',
    text: `SELECT DISTINCT ON (order_id) order_id, episode + CASE WHEN status = 'OPEN' THEN 0 ELSE 1 END AS episode, closed_at
           FROM holds WHERE order_id = ANY($1) AND reason_code = $2
           ORDER BY order_id, episode DESC`,
    values: [orderIds, reason],
  });
  return new Map(rows.map((row) => [row.order_id, { episode: row.episode, notBefore: row.closed_at }]));
}
