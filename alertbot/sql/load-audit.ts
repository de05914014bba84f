import type { AlertStatus, HoldDecision } from '../../domain/alerts/lifecycle.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** Something that was done to an alert. */
export interface AuditEntry {
  at: Micros;
  action: string;
  actor: string;
  actorId: string | null;
  source: 'slack' | 'api' | 'auto';
  before: AlertStatus;
  after: AlertStatus;
  /** What became of the hold that it closed. */
  decision: HoldDecision | null;
  note: string | null;
}

/** All that was done to an alert, in its order. */
export async function loadAudit(db: Queryable, alertId: number): Promise<AuditEntry[]> {
  const { rows } = await db.query<AuditEntry>({
    name: 'load_audit',
    text: `SELECT at, action, actor, actor_id AS "actorId", source, status_before AS before, status_after AS after, decision, note
           FROM alert_actions WHERE alert_id = $1 ORDER BY at`,
    values: [alertId],
  });
  return rows;
}
