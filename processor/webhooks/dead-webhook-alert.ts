import type { NewAlert } from '../../domain/alerts/alert.ts';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { ClaimedWebhook } from './sql/claim-webhooks.ts';

/**
 * The alert of a webhook that was given up; one that is sent again and given up again has another. Its address is not named: it may carry a credential.
 */
export function deadWebhookAlert(
  webhook: Pick<ClaimedWebhook, 'webhookId' | 'kind' | 'target' | 'idempotencyKey' | 'attempts'>,
  reason: string,
  now: Micros,
): NewAlert {
  const { webhookId, kind, target, idempotencyKey, attempts } = webhook;
  return {
    dedupKey: `webhook/${idempotencyKey}/${formatIso8601(now)}`,
    groupKey: `PIPELINE/WEBHOOK_DEAD/${target}`,
    kind: 'PIPELINE',
    severity: 'warning',
    subject: `Webhook ${webhookId} (${kind}) to the ${target} was given up after ${attempts} attempts: ${reason}`,
    evidence: { webhook_id: webhookId, webhook_kind: kind, target, attempts, reason },
    openedAt: now,
    orderId: null,
    holdId: null,
    logId: null,
  };
}
