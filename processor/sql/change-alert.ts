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

export interface AlertsChange extends Omit<AlertChange, 'alertId' | 'version'> {
  /** Version null: whatever it is. */
  alerts: readonly { alertId: number; version: number | null }[];
}

/**
 * Changes an alert as the processor itself, with its hold and its audit.
 *
 * @returns false when somebody else was first
 */
export async function changeAlert(db: Queryable, change: AlertChange): Promise<boolean> {
  const { alertId, version } = change;
  return (await changeAlerts(db, { ...change, alerts: [{ alertId, version }] })).has(alertId);
}

/**
 * The same for several at once.
 *
 * @returns those that were changed; with the others somebody else was first
 */
export async function changeAlerts(db: Queryable, change: AlertsChange): Promise<Set<number>> {
  if (change.alerts.length === 0) return new Set();
  const request = {
    action: change.action,
    targets: change.alerts.map(({ alertId, version }) => ({ alert_id: alertId, version })),
    actor: ACTOR,
    source: 'auto',
    note: change.note,
    decision: change.decision ?? null,
    now: formatIso8601(change.now),
  };
  const { rows } = await db.query<{ alert_id: number; outcome: string }>({
    name: 'change_alert',
    text: 'SELECT alert_id, outcome FROM change_alerts($1)',
    values: [JSON.stringify(request)],
  });
  return new Set(rows.filter((row) => row.outcome === 'done').map((row) => row.alert_id));
}
