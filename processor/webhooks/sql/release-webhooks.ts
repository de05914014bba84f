import type { Queryable } from '../../../platform/database/database.ts';

/** Gives leases back at once, as if there had been no attempt: the sender stops. */
export async function releaseWebhooks(db: Queryable, webhookIds: readonly number[]): Promise<void> {
  if (webhookIds.length === 0) return;
  await db.query({
    name: 'release_webhooks',
    text: `UPDATE webhook_outbox SET leased_until = NULL, attempts = attempts - 1
           WHERE webhook_id = ANY($1) AND state = 'pending' AND leased_until IS NOT NULL`,
    values: [webhookIds],
  });
}
