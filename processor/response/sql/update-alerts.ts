import type { NewAlert } from '../../../domain/alerts/alert.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/** What alerts say is what they say now: severity, subject and evidence; not of those that are resolved. */
export async function updateAlerts(db: Queryable, alerts: readonly NewAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  const rows = alerts.map(({ dedupKey, severity, subject, evidence }) => [
    dedupKey,
    severity,
    subject,
    evidence,
  ]);
  await db.query({
    name: 'update_alerts',
    text: `WITH told AS MATERIALIZED (
             SELECT a.alert_id, e->>1 AS severity, e->>2 AS subject, e->3 AS evidence
             FROM jsonb_array_elements($1::jsonb) AS e
             JOIN alerts a ON a.dedup_key = e->>0
             WHERE a.status <> 'RESOLVED' AND (a.severity, a.subject, a.evidence) IS DISTINCT FROM (e->>1, e->>2, e->3)
             ORDER BY a.alert_id
             FOR UPDATE OF a
           )
           UPDATE alerts a SET severity = told.severity, subject = told.subject, evidence = told.evidence, updated_at = now()
           FROM told WHERE told.alert_id = a.alert_id`,
    values: [JSON.stringify(rows)],
  });
}
