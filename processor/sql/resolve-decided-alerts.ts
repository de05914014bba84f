import type { HoldDecision } from '../../domain/decisions/hold-decision.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { micros } from './micros.ts';

/**
 * Resolves the alerts of holds that a decision closed just now, as of the decision, with a row in the audit that says
 * who decided. Never before the present status began.
 */
export async function resolveDecidedAlerts(
  db: Queryable,
  decided: readonly { holdId: number; decision: HoldDecision }[],
): Promise<void> {
  if (decided.length === 0) return;
  const rows = decided.map(({ holdId, decision }) => [
    holdId,
    decision.event.occurredAt,
    decision.decidedBy,
    decision.source,
    decision.note,
    decision.status === 'CANCELED' ? 'cancel' : 'release',
  ]);
  await db.query({
    name: 'resolve_decided_alerts',
    text: `WITH decided AS (
             SELECT a.alert_id, a.status AS before, e->>2 AS operator, e->>3 AS source, e->>4 AS note, e->>5 AS decision,
                    ${micros('e->1')} AS at,
                    CASE WHEN a.status = 'RESOLVED' THEN ${micros('e->1')}
                         ELSE greatest(${micros('e->1')}, a.status_since) END AS since
             FROM jsonb_array_elements($1::jsonb) AS e
             JOIN alerts a ON a.hold_id = (e->0)::bigint
             ORDER BY a.alert_id
             FOR UPDATE OF a
           ),
           resolved AS (
             UPDATE alerts SET
               status = 'RESOLVED',
               previous_status = CASE WHEN before = 'RESOLVED' THEN alerts.previous_status ELSE before END,
               status_since = decided.since, version = alerts.version + 1, snoozed_until = NULL,
               ops_operator = decided.operator, ops_note = coalesce(decided.note, alerts.ops_note), updated_at = now()
             FROM decided WHERE decided.alert_id = alerts.alert_id
           )
           INSERT INTO alert_actions (at, alert_id, action, actor, source, status_before, status_after, note, decision)
           SELECT at, alert_id, CASE before WHEN 'RETRY_REQUESTED' THEN 'RETRY_SUCCEEDED' ELSE 'RESOLVE' END, operator, source,
                  before, 'RESOLVED', note, decision
           FROM decided`,
    values: [JSON.stringify(rows)],
  });
}
