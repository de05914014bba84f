import type { Queryable } from '../../../platform/database/database.ts';

/**
 * Withdraws what lasts, could not be sent until now, and is over: sent late, it would come after what takes it back. Not
 * while a sender is at it.
 */
export async function withdrawOver(db: Queryable): Promise<number> {
  const { rowCount } = await db.query({
    name: 'withdraw_over',
    text: `UPDATE webhook_outbox w SET
             state = 'withdrawn', settled_at = now(), leased_until = NULL,
             last_error = concat_ws('; ', 'its incident was over before it was taken', w.last_error)
           FROM actions a
           WHERE a.receiver IS NOT NULL AND a.status = 'SENT' AND a.over_at IS NOT NULL AND a.undoes IS NULL
             AND a.plan->'undo' <> 'null'
             AND w.idempotency_key = 'action/' || a.action_id AND w.state = 'pending'
             AND (w.leased_until IS NULL OR w.leased_until < now())`,
  });
  return rowCount ?? 0;
}
