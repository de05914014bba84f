import type { AlertKind, Severity } from '../../domain/alerts/alert.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** An alert that no message shows yet. */
export interface NewLogRow {
  logId: number;
  alertId: number;
  kind: AlertKind;
  severity: Severity;
  /** Empty: belongs to no group. */
  groupKey: string;
}

interface Row {
  log_id: number;
  alert_id: number;
  kind: AlertKind;
  severity: Severity;
  group_key: string;
}

/** The oldest rows of slack_alert_log that have no message. */
export async function readNewAlerts(db: Queryable, most: number): Promise<NewLogRow[]> {
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'read_new_slack_alerts',
    text: `SELECT l.log_id, a.alert_id, a.kind, a.severity, a.group_key
           FROM slack_alert_log l JOIN alerts a USING (alert_id)
           WHERE l.message_id IS NULL
           ORDER BY l.log_id
           LIMIT $1`,
    values: [most],
  });
  return rows.map((row) => ({
    logId: row.log_id,
    alertId: row.alert_id,
    kind: row.kind,
    severity: row.severity,
    groupKey: row.group_key,
  }));
}
