import type { Queryable } from '../../../platform/database/database.ts';

/**
 * Keeps approved actions for sending: that they are sent and what is sent become one fact. Two senders at once wait for
 * each other at the row, and the later one finds it sent.
 *
 * @returns how many
 */
export async function sendApproved(db: Queryable): Promise<number> {
  const { rowCount } = await db.query({
    name: 'send_approved',
    text: `WITH approved AS (
             UPDATE actions a SET
               status = 'SENT', updated_at = now(),
               sent_at = greatest(a.at, nullif((SELECT sequenced_to FROM sequence_state), '-infinity'))
             WHERE a.receiver IS NOT NULL AND a.status = 'APPROVED' AND a.over_at IS NULL
             RETURNING a.action_id, a.action, a.receiver, a.request
           )
           INSERT INTO webhook_outbox (kind, target, payload, idempotency_key)
           SELECT 'action.' || lower(action), receiver, request, 'action/' || action_id FROM approved ORDER BY action_id
           ON CONFLICT (idempotency_key) DO NOTHING`,
  });
  return rowCount ?? 0;
}
