import type { HoldDecision } from '../../domain/decisions/hold-decision.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';
import { HOLD_COLUMNS, type HoldRow, type WrittenHold, writtenHold } from './upsert-holds.ts';

/**
 * Closes the holds that were decided on. Whoever decides closes the hold itself, so that usually nothing is left to do;
 * after a restore or a rebuild it may be open still, or not be there at all.
 *
 * Beginning and evidence of a rule's hold are the rule's to say. An outside system's hold stays as the operator left it,
 * which goes before what that system said later.
 *
 * @returns those that are new or changed
 */
export async function upsertDecidedHolds(
  db: Queryable,
  decisions: readonly HoldDecision[],
): Promise<WrittenHold[]> {
  if (decisions.length === 0) return [];
  const rows = decisions.map((decision) => [
    decision.event.orderId,
    decision.reason,
    decision.episode,
    decision.openedAt,
    decision.evidence,
    decision.status,
    decision.event.occurredAt,
    decision.decidedBy,
    decision.note,
  ]);
  const result = await db.query<HoldRow>({
    name: 'upsert_decided_holds',
    text: `INSERT INTO holds (order_id, reason_code, episode, opened_at, evidence, status, closed_at, ops_status,
                              ops_operator, ops_note, ops_updated_at)
           SELECT DISTINCT ON (1, 2, 3) e->>0, e->>1, (e->2)::integer, ${micros('e->3')}, e->4, e->>5, ${micros('e->6')},
                  'RESOLVED', e->>7, e->>8, ${micros('e->6')}
           FROM jsonb_array_elements($1::jsonb) AS e
           ORDER BY 1, 2, 3
           ON CONFLICT (order_id, reason_code, episode) DO UPDATE SET
             opened_at = CASE WHEN holds.reason_code = 'EXTERNAL' THEN excluded.opened_at ELSE holds.opened_at END,
             evidence = CASE WHEN holds.reason_code = 'EXTERNAL' THEN excluded.evidence ELSE holds.evidence END,
             status = excluded.status, closed_at = excluded.closed_at, ops_status = 'RESOLVED',
             ops_operator = excluded.ops_operator, ops_note = excluded.ops_note,
             ops_updated_at = excluded.ops_updated_at
             WHERE holds.status = 'OPEN'
                OR (holds.ops_operator IS NULL
                    AND (holds.status, holds.closed_at) IS DISTINCT FROM (excluded.status, excluded.closed_at))
           RETURNING ${HOLD_COLUMNS}`,
    values: [JSON.stringify(rows)],
  });
  return result.rows.map(writtenHold);
}
