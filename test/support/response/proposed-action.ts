import type pg from 'pg';

export interface ProposedAction {
  alertId: number;
  actionId: string;
}

/** An open incident with an action that waits for an approval, as the processor leaves them. */
export async function proposedAction(pool: pg.Pool, minutes = 30): Promise<ProposedAction> {
  const { rows } = await pool.query<{ alert_id: string; action_id: string }>(
    `WITH raised AS (
       INSERT INTO alerts (dedup_key, kind, severity, subject, evidence, opened_at, status_since)
       SELECT 'incident/' || id, 'ANOMALY', 'critical', 'Gangnam-gu: riders are short (82 %)',
              jsonb_build_object('concern', 'INCIDENT', 'incident_id', id, 'region', 'Gangnam-gu',
                                 'cause', 'RIDERS_SHORT', 'probability', 0.82),
              now(), now()
       FROM gen_random_uuid() AS id
       RETURNING alert_id, dedup_key
     )
     INSERT INTO actions (at, action_id, action, status, target, request, receiver, alert_key, incident_id, cause, expires_at,
                          plan, is_open)
     SELECT now(), 'action-' || substr(md5(dedup_key), 1, 24), 'RIDER_INCENTIVE', 'PROPOSED', 'region=Gangnam-gu',
            '{"parameters": {"amount": 3000, "currency": "KRW"}}', 'platform', dedup_key, substr(dedup_key, 10),
            'RIDERS_SHORT', now() + make_interval(mins => $1), '{"undo": null}', true
     FROM raised
     RETURNING (SELECT alert_id FROM raised), action_id`,
    [minutes],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('nothing was inserted');
  return { alertId: Number(row.alert_id), actionId: row.action_id };
}

/** How the action stands, and who says so. */
export async function standingOf(pool: pg.Pool, actionId: string): Promise<Record<string, unknown>> {
  const { rows } = await pool.query(
    'SELECT status, decided_by, decided_by_id FROM actions WHERE action_id = $1',
    [actionId],
  );
  return rows[0];
}
