import type { Queryable } from '../../platform/database/database.ts';

/**
 * Takes a hold's earlier beginning and its evidence over into its alert. An alert that is new to its status began when
 * it was opened.
 */
export async function redateAlerts(db: Queryable, holdIds: readonly number[]): Promise<void> {
  if (holdIds.length === 0) return;
  await db.query({
    name: 'redate_alerts',
    text: `UPDATE alerts SET
             opened_at = holds.opened_at,
             status_since = CASE WHEN alerts.previous_status IS NULL THEN holds.opened_at ELSE alerts.status_since END,
             evidence = holds.evidence,
             updated_at = now()
           FROM holds
           WHERE holds.hold_id = ANY($1) AND alerts.hold_id = holds.hold_id`,
    values: [holdIds],
  });
}

/**
 * Resolves the alerts of holds that an inbound HOLD_CLEARED closed, as of then, with a row in the audit. One that an
 * operator resolved first stays as it is; one that was resolved here and is now known to have closed at another time
 * moves there, unless an operator had a hand in it.
 *
 * Never before its present status began: an operator may have acknowledged it in the meantime, and a status that ends
 * before it begins counts as less than nothing.
 */
export async function resolveAlertsOfClosedHolds(db: Queryable, holdIds: readonly number[]): Promise<void> {
  if (holdIds.length === 0) return;
  await db.query({
    name: 'resolve_alerts_of_closed_holds',
    text: `WITH closed AS (
             SELECT alerts.alert_id, alerts.status AS before,
                    CASE WHEN alerts.status = 'RESOLVED' THEN holds.closed_at
                         ELSE greatest(holds.closed_at, alerts.status_since) END AS closed_at
             FROM alerts JOIN holds ON holds.hold_id = alerts.hold_id
             WHERE holds.hold_id = ANY($1) AND holds.closed_at IS NOT NULL
               AND (alerts.status <> 'RESOLVED'
                    OR (alerts.status_since <> holds.closed_at
                        AND NOT EXISTS (SELECT FROM alert_actions a
                                        WHERE a.alert_id = alerts.alert_id AND a.source <> 'auto')))
             ORDER BY alerts.alert_id
             FOR UPDATE OF alerts
           ),
           resolved AS (
             UPDATE alerts SET
               status = 'RESOLVED',
               previous_status = CASE WHEN closed.before = 'RESOLVED' THEN alerts.previous_status ELSE closed.before END,
               status_since = closed.closed_at,
               version = alerts.version + 1,
               updated_at = now()
             FROM closed WHERE closed.alert_id = alerts.alert_id
             RETURNING alerts.alert_id
           )
           INSERT INTO alert_actions (alert_id, action, actor, source, status_before, status_after, note)
           SELECT alert_id, 'RESOLVE', 'holdfast', 'auto', before, 'RESOLVED', 'closed by an inbound HOLD_CLEARED'
           FROM closed WHERE before <> 'RESOLVED'`,
    values: [holdIds],
  });
}
