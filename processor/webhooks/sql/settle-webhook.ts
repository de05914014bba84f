import type { Queryable } from '../../../platform/database/database.ts';

/** The end of a webhook. */
export interface Settlement {
  state: 'sent' | 'dry_run' | 'dead';
  /** Of the last answer; null when there was none. */
  status: number | null;
  error: string | null;
}

/** @returns false when it was settled already: another sender's lease came after ours had run out */
export async function settleWebhook(
  db: Queryable,
  webhookId: number,
  { state, status, error }: Settlement,
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'settle_webhook',
    text: `UPDATE webhook_outbox
           SET state = $2, last_status = $3, last_error = $4, leased_until = NULL, settled_at = now()
           WHERE webhook_id = $1 AND state = 'pending'`,
    values: [webhookId, state, status, error],
  });
  return rowCount === 1;
}
