import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/**
 * Closes alerts whose condition is over, each at its own end, but never before its present status began: an end is told
 * of minutes later, and the audit has to stay in its order.
 *
 * @returns how many were open
 */
export async function closeEpisodes(
  db: Queryable,
  ended: readonly { dedupKey: string; endedAt: Micros }[],
): Promise<number> {
  const { rows } = await db.query<{ closed: number }>({
    name: 'close_episodes',
    text: `WITH ended AS (
             SELECT a.alert_id, greatest(a.status_since, (e->>1)::timestamptz) AS ended_at
             FROM jsonb_array_elements($1::jsonb) AS e
             JOIN alerts a ON a.dedup_key = e->>0
             WHERE a.status <> 'RESOLVED'
             ORDER BY a.alert_id
           )
           SELECT count(*) FILTER (WHERE changed.outcome = 'done') AS closed
           FROM ended
           CROSS JOIN LATERAL change_alerts(jsonb_build_object(
               'action', 'CLOSE', 'actor', 'alertmanager', 'source', 'auto', 'now', ended.ended_at,
               'targets', jsonb_build_array(jsonb_build_object('alert_id', ended.alert_id)))) AS changed`,
    values: [JSON.stringify(ended.map((one) => [one.dedupKey, formatIso8601(one.endedAt)]))],
  });
  return rows[0]?.closed ?? 0;
}
