import type { AlertAction, HoldDecision } from '../../domain/alerts/lifecycle.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

export interface AlertChange {
  action: AlertAction;
  alertId: number;
  /** Nothing happens when the alert has another version by now. */
  version: number;
  note: string;
  /** Needed to resolve the alert of an open hold. */
  decision?: HoldDecision;
  now: Micros;
}

/** Who the processor is in the audit. */
const ACTOR = 'holdfast';

/**
 * Changes an alert as the processor itself, with its hold and its audit.
 *
 * @returns false when somebody else was first
 */
export async function changeAlert(db: Queryable, change: AlertChange): Promise<boolean> {
  const request = {
    action: change.action,
    targets: [{ alert_id: change.alertId, version: change.version }],
    actor: ACTOR,
    source: 'auto',
    note: change.note,
    decision: change.decision ?? null,
    now: formatIso8601(change.now),
  };
  const { rows } = await db.query<{ outcome: string }>({
    name: 'change_alert',
    text: 'SELECT outcome FROM change_alerts($1)',
    values: [JSON.stringify(request)],
  });
  return rows[0]?.outcome === 'done';
}
