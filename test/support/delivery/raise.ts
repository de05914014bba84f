import { changeAlerts } from '../../../alertbot/sql/change-alerts.ts';
import type { NewAlert } from '../../../domain/alerts/alert.ts';
import type { AlertAction } from '../../../domain/alerts/lifecycle.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { Database } from '../../../platform/database/database.ts';
import { insertAlerts } from '../../../processor/sql/insert-alerts.ts';

/** Raises an alert for each, as the processor does, and returns their ids in the same order. */
export async function raise(
  database: Database,
  alerts: readonly (Partial<NewAlert> & { dedupKey: string })[],
): Promise<number[]> {
  await insertAlerts(
    database,
    alerts.map((alert) => ({
      groupKey: '',
      kind: 'PIPELINE',
      severity: 'critical',
      subject: `Alert ${alert.dedupKey}`,
      evidence: {},
      openedAt: Date.parse('2026-03-01T23:00:00Z') * 1000,
      orderId: null,
      holdId: null,
      logId: null,
      ...alert,
    })),
  );
  const { rows } = await database.query<{ alert_id: number; dedup_key: string }>(
    'SELECT alert_id, dedup_key FROM alerts WHERE dedup_key = ANY($1)',
    [alerts.map(({ dedupKey }) => dedupKey)],
  );
  const ids = new Map(rows.map((row) => [row.dedup_key, row.alert_id]));
  return alerts.map(({ dedupKey }) => ids.get(dedupKey) as number);
}

/** An operator acts on alerts in Slack. */
export async function act(
  database: Database,
  action: AlertAction,
  alertIds: readonly number[],
  now: Micros,
  more: { note?: string; snoozedUntil?: Micros } = {},
): Promise<void> {
  await changeAlerts(
    database,
    {
      action,
      targets: alertIds.map((alertId) => ({ alertId, version: null })),
      actor: '김민지',
      actorId: 'U0KIM',
      source: 'slack',
      ...more,
    },
    now,
  );
}

export interface LogRow {
  alert_id: number;
  state: string;
  ts: string | null;
  attempts: number;
  send_status: string | null;
  message_id: number | null;
}

export async function logOf(database: Database): Promise<LogRow[]> {
  const { rows } = await database.query<LogRow>(
    'SELECT alert_id, state, ts, attempts, send_status, message_id FROM slack_alert_log ORDER BY alert_id',
  );
  return rows;
}
