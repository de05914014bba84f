import type { ExternalEpisode } from '../../domain/holds/external-episodes.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';
import { HOLD_COLUMNS, type HoldRow, type WrittenHold, writtenHold } from './upsert-holds.ts';

/** A hold of reason EXTERNAL after the write. */
export interface WrittenExternalHold extends WrittenHold {
  closedAt: Micros | null;
}

/**
 * Writes the episodes that inbound events opened and closed. An episode that an operator closed stays as the operator
 * left it; one that an operator has only acknowledged is still the outside system's to close. The operator of a closed
 * hold is who closed it: none, when that was the outside system.
 *
 * @returns those that are new or changed
 */
export async function upsertExternalHolds(
  db: Queryable,
  episodes: readonly { orderId: string; episode: ExternalEpisode }[],
): Promise<WrittenExternalHold[]> {
  if (episodes.length === 0) return [];
  const rows = episodes.map(({ orderId, episode }) => [
    orderId,
    episode.episode,
    episode.openedAt,
    episode.closedAt,
    { reason_code: episode.reasonCode, event_id: episode.eventId },
  ]);
  const result = await db.query<HoldRow & { closed_at: Micros | null }>({
    name: 'upsert_external_holds',
    text: `INSERT INTO holds (order_id, reason_code, episode, opened_at, closed_at, evidence, status, ops_status)
           SELECT e->>0, 'EXTERNAL', (e->1)::integer, ${micros('e->2')}, ${micros('e->>3')}, e->4,
                  CASE WHEN e->>3 IS NULL THEN 'OPEN' ELSE 'CLEARED' END,
                  CASE WHEN e->>3 IS NULL THEN 'OPEN' ELSE 'RESOLVED' END
           FROM jsonb_array_elements($1::jsonb) AS e
           ORDER BY 1, 3
           ON CONFLICT (order_id, reason_code, episode) DO UPDATE
             SET opened_at = excluded.opened_at, closed_at = excluded.closed_at, evidence = excluded.evidence,
                 status = excluded.status, ops_status = CASE WHEN excluded.status = 'OPEN' THEN holds.ops_status ELSE 'RESOLVED' END,
                 ops_operator = CASE WHEN excluded.status = 'OPEN' THEN holds.ops_operator END
             WHERE (holds.status = 'OPEN' OR holds.ops_operator IS NULL)
               AND (holds.opened_at, holds.closed_at, holds.evidence)
                   IS DISTINCT FROM (excluded.opened_at, excluded.closed_at, excluded.evidence)
           RETURNING ${HOLD_COLUMNS}, closed_at`,
    values: [JSON.stringify(rows)],
  });
  return result.rows.map((row) => ({ ...writtenHold(row), closedAt: row.closed_at }));
}
