import type { AlertStatus, HoldDecision } from '../../domain/alerts/lifecycle.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** Something that was done to an alert, or has to be said of it, for its thread. */
export interface StoredEntry {
  replyId: number;
  alertId: number;
  at: Micros;
  /** As in alert_actions, or REMIND, ESCALATE, REPOST. */
  action: string;
  actor: string | null;
  actorId: string | null;
  source: 'slack' | 'api' | 'auto';
  before: AlertStatus;
  after: AlertStatus;
  /** What became of the hold that it closed. */
  decision: HoldDecision | null;
  note: string | null;
  /** The alert as it is now. */
  alert: { status: AlertStatus; snoozedUntil: Micros | null; orderId: string | null; subject: string };
}

interface Row {
  reply_id: number;
  alert_id: number;
  at: Micros;
  action: string;
  actor: string | null;
  actor_id: string | null;
  source: 'slack' | 'api' | 'auto';
  status_before: AlertStatus;
  status_after: AlertStatus;
  decision: HoldDecision | null;
  note: string | null;
  status: AlertStatus;
  snoozed_until: Micros | null;
  order_id: string | null;
  subject: string;
}

/** What a post in a thread has to say, in order. */
export async function readPostEntries(db: Queryable, postId: number): Promise<StoredEntry[]> {
  const { rows } = await db.query<Row & Record<string, unknown>>({
    name: 'read_slack_post_entries',
    text: `SELECT r.reply_id, r.alert_id, r.at, r.action, r.actor, r.actor_id, r.source, r.status_before, r.status_after,
                  r.decision, r.note, a.status, a.snoozed_until, a.order_id, a.subject
           FROM slack_replies r JOIN alerts a USING (alert_id)
           WHERE r.post_id = $1 ORDER BY r.at, r.reply_id`,
    values: [postId],
  });
  return rows.map((row) => ({
    replyId: row.reply_id,
    alertId: row.alert_id,
    at: row.at,
    action: row.action,
    actor: row.actor,
    actorId: row.actor_id,
    source: row.source,
    before: row.status_before,
    after: row.status_after,
    decision: row.decision,
    note: row.note,
    alert: {
      status: row.status,
      snoozedUntil: row.snoozed_until,
      orderId: row.order_id,
      subject: row.subject,
    },
  }));
}
