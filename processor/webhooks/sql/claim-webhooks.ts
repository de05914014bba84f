import type { Micros } from '../../../domain/time/micros.ts';
import type { Queryable } from '../../../platform/database/database.ts';

/** A webhook that this sender has leased. */
export interface ClaimedWebhook {
  webhookId: number;
  kind: string;
  target: string;
  /** Null: the target's. */
  url: string | null;
  payload: Readonly<Record<string, unknown>>;
  idempotencyKey: string;
  /** This attempt included. */
  attempts: number;
  /** Clock time of the transaction that decided on it. */
  createdAt: Micros;
}

interface Row {
  webhook_id: number;
  kind: string;
  target: string;
  url: string | null;
  payload: Record<string, unknown>;
  idempotency_key: string;
  attempts: number;
  created_at: Micros;
}

export interface WebhookClaim {
  most: number;
  leaseMs: number;
  /** Targets whose address is known. */
  targets: readonly string[];
  /** Targets that are left alone for the moment. */
  paused: readonly string[];
}

/**
 * Leases the webhooks that are due longest; rows that another sender is claiming are skipped. The attempt is counted
 * now, so that one that ends the process does not come back for ever.
 */
export async function claimWebhooks(db: Queryable, claim: WebhookClaim): Promise<ClaimedWebhook[]> {
  const { rows } = await db.query<Row>({
    name: 'claim_webhooks',
    text: `WITH due AS MATERIALIZED (
             SELECT webhook_id FROM webhook_outbox
             WHERE state = 'pending' AND due_at <= now() AND (leased_until IS NULL OR leased_until < now())
               AND (url IS NOT NULL OR target = ANY($3)) AND target <> ALL($4)
             ORDER BY due_at, webhook_id
             LIMIT $1
             FOR UPDATE SKIP LOCKED
           )
           UPDATE webhook_outbox w
           SET leased_until = now() + INTERVAL '1 millisecond' * $2::float8, attempts = w.attempts + 1
           FROM due WHERE w.webhook_id = due.webhook_id
           RETURNING w.webhook_id, w.kind, w.target, w.url, w.payload, w.idempotency_key, w.attempts, w.created_at`,
    values: [claim.most, claim.leaseMs, claim.targets, claim.paused],
  });
  return rows
    .map((row) => ({
      webhookId: row.webhook_id,
      kind: row.kind,
      target: row.target,
      url: row.url,
      payload: row.payload,
      idempotencyKey: row.idempotency_key,
      attempts: row.attempts,
      createdAt: row.created_at,
    }))
    .toSorted((a, b) => a.webhookId - b.webhookId);
}
