import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** An alert that has stayed as it is for too long, and what has to be done to it. */
export interface DueTransition {
  action: 'UNSNOOZE' | 'UNACK' | 'RETRY_EXPIRED';
  alertId: number;
  version: number;
}

/**
 * Snoozes that are over; acknowledgements older than `acknowledgedBefore` that nobody went on with (a snooze is going on
 * with it); retries requested before `retriedBefore` that have no result.
 */
export async function dueTransitions(
  db: Queryable,
  times: { now: Micros; acknowledgedBefore: Micros; retriedBefore: Micros },
  most: number,
): Promise<DueTransition[]> {
  const { rows } = await db.query<{ action: DueTransition['action']; alert_id: number; version: number }>({
    name: 'due_alert_transitions',
    text: `SELECT action, alert_id, version
           FROM alerts, LATERAL (SELECT CASE
             WHEN status IN ('OPEN', 'ACK') AND snoozed_until <= $1 THEN 'UNSNOOZE'
             WHEN status = 'ACK' AND status_since <= $2 AND snoozed_until IS NULL THEN 'UNACK'
             WHEN status = 'RETRY_REQUESTED' AND status_since <= $3 THEN 'RETRY_EXPIRED'
           END AS action) AS due
           WHERE status <> 'RESOLVED' AND action IS NOT NULL
           ORDER BY alert_id
           LIMIT $4`,
    values: [
      formatIso8601(times.now),
      formatIso8601(times.acknowledgedBefore),
      formatIso8601(times.retriedBefore),
      most,
    ],
  });
  return rows.map((row) => ({ action: row.action, alertId: row.alert_id, version: row.version }));
}
