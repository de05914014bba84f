import type { Queryable } from '../../../platform/database/database.ts';

/** A call of another system, sent after the transaction that decided on it has committed. */
export interface NewWebhook {
  /** Type of the event, such as `order.delay_predicted`. */
  kind: string;
  /** Who is called; the settings have the address. */
  target: string;
  /** Address of this one call, where it is not the target's. */
  url?: string;
  payload: Readonly<Record<string, unknown>>;
  /** The same key is the same webhook, and sent once. */
  idempotencyKey: string;
}

/**
 * Keeps webhooks for the sender, in the caller's transaction. One whose key is known already is not kept again.
 *
 * @returns how many were new
 */
export async function insertWebhooks(db: Queryable, webhooks: readonly NewWebhook[]): Promise<number> {
  if (webhooks.length === 0) return 0;
  const rows = webhooks.map((w) => [w.kind, w.target, w.url ?? null, w.payload, w.idempotencyKey]);
  const { rowCount } = await db.query({
    name: 'insert_webhooks',
    text: `INSERT INTO webhook_outbox (kind, target, url, payload, idempotency_key)
           SELECT e->>0, e->>1, e->>2, e->3, e->>4
           FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS given (e, position)
           ORDER BY position
           ON CONFLICT (idempotency_key) DO NOTHING`,
    values: [JSON.stringify(rows)],
  });
  return rowCount ?? 0;
}
