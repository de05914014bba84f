import type { AlertKind, Severity } from '../../domain/alerts/alert.ts';
import type { AlertStatus } from '../../domain/alerts/lifecycle.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** What a group message says of its members together. */
export interface GroupFacts {
  messageId: number;
  kind: AlertKind;
  severity: Severity;
  /** Reason code of the holds; null where there is none, or more than one. */
  reason: string | null;
  firstAt: Micros;
  lastAt: Micros;
  counts: Record<AlertStatus, number>;
  total: number;
  snoozed: number;
  retriable: number;
  /** Alert ids of the most urgent members: open before acknowledged before resolved, critical first, oldest first. */
  top: number[];
}

interface Row {
  message_id: number;
  kind: AlertKind;
  severity: Severity;
  reason: string | null;
  first_at: Micros;
  last_at: Micros;
  open: number;
  ack: number;
  retry: number;
  resolved: number;
  total: number;
  snoozed: number;
  retriable: number;
  top: number[];
}

/** Facts of these group messages; one without members is left out. */
export async function readGroupFacts(
  db: Queryable,
  messageIds: readonly number[],
  top: number,
  now: Micros,
): Promise<GroupFacts[]> {
  if (messageIds.length === 0) return [];
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'read_slack_group_facts',
    text: `WITH member AS (
             SELECT l.message_id, a.*, h.status AS hold_status, h.reason_code,
                    CASE a.severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END AS urgency,
                    CASE a.status WHEN 'OPEN' THEN 0 WHEN 'RETRY_REQUESTED' THEN 1 WHEN 'ACK' THEN 2 ELSE 3 END AS place
             FROM slack_alert_log l JOIN alerts a USING (alert_id) LEFT JOIN holds h ON h.hold_id = a.hold_id
             WHERE l.message_id = ANY($1)
           )
           SELECT message_id, min(kind) AS kind,
                  (ARRAY['critical', 'warning', 'info'])[min(urgency) + 1] AS severity,
                  CASE WHEN min(reason_code) = max(reason_code) THEN min(reason_code) END AS reason,
                  min(opened_at) AS first_at, max(opened_at) AS last_at,
                  count(*) FILTER (WHERE status = 'OPEN') AS open,
                  count(*) FILTER (WHERE status = 'ACK') AS ack,
                  count(*) FILTER (WHERE status = 'RETRY_REQUESTED') AS retry,
                  count(*) FILTER (WHERE status = 'RESOLVED') AS resolved,
                  count(*) AS total,
                  count(*) FILTER (WHERE status <> 'RESOLVED' AND snoozed_until > $3) AS snoozed,
                  count(*) FILTER (WHERE status IN ('OPEN', 'ACK')
                                   AND (hold_status = 'OPEN' OR (kind = 'EVENT' AND log_id IS NOT NULL))) AS retriable,
                  (array_agg(alert_id ORDER BY place, urgency, opened_at, alert_id))[1:$2] AS top
           FROM member GROUP BY message_id`,
    values: [messageIds, top, formatIso8601(now)],
  });
  return rows.map((row) => ({
    messageId: row.message_id,
    kind: row.kind,
    severity: row.severity,
    reason: row.reason,
    firstAt: row.first_at,
    lastAt: row.last_at,
    counts: { OPEN: row.open, ACK: row.ack, RETRY_REQUESTED: row.retry, RESOLVED: row.resolved },
    total: row.total,
    snoozed: row.snoozed,
    retriable: row.retriable,
    top: row.top.map(Number),
  }));
}
