import type { Queryable } from '../../../platform/database/database.ts';

export interface Postponement {
  afterMs: number;
  status: number | null;
  error: string;
}

/** Gives a lease back: the next attempt is due after this time. */
export async function postponeWebhook(
  db: Queryable,
  webhookId: number,
  { afterMs, status, error }: Postponement,
): Promise<void> {
  await db.query({
    name: 'postpone_webhook',
    text: `UPDATE webhook_outbox
           SET due_at = now() + INTERVAL '1 millisecond' * $2::float8, last_status = $3, last_error = $4, leased_until = NULL
           WHERE webhook_id = $1 AND state = 'pending'`,
    values: [webhookId, afterMs, status, error],
  });
}
