import type { NewAlert } from '../../domain/alerts/alert.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { activeTraceparent } from '../../platform/tracing/with-span.ts';
import { micros } from './micros.ts';

/**
 * Raises alerts, each with its row in the Slack outbox. One whose dedup key is known already is not raised again.
 */
export async function insertAlerts(db: Queryable, alerts: readonly NewAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  const rows = alerts.map((a) => [
    a.dedupKey,
    a.kind,
    a.severity,
    a.subject,
    a.evidence,
    a.openedAt,
    a.orderId,
    a.holdId,
    a.logId,
    a.groupKey,
  ]);
  await db.query({
    name: 'insert_alerts',
    text: `WITH raised AS (
             INSERT INTO alerts (dedup_key, kind, severity, subject, evidence, opened_at, status_since, order_id, hold_id, log_id,
                                 group_key, traceparent)
             SELECT e->>0, e->>1, e->>2, e->>3, e->4, ${micros('e->5')}, ${micros('e->5')}, e->>6,
                    (e->>7)::bigint, (e->>8)::bigint, e->>9, $2
             FROM jsonb_array_elements($1::jsonb) AS e
             ORDER BY 1
             ON CONFLICT (dedup_key) DO NOTHING
             RETURNING alert_id
           )
           INSERT INTO slack_alert_log (alert_id) SELECT alert_id FROM raised`,
    values: [JSON.stringify(rows), activeTraceparent()],
  });
}
