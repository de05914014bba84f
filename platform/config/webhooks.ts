import { NOTICE_TARGETS, type NoticeTarget } from '../../domain/delivery/notices.ts';
import type { Variables } from './variables.ts';

/** Where other systems are told of predicted delays, and how they know that it is us. */
export interface WebhookConfig {
  /** Who is told: those with an address; in a dry run all. */
  targets: readonly NoticeTarget[];
  /** Address by target. */
  urls: ReadonlyMap<string, string>;
  /** Keys of the signature; more than one while they are exchanged. */
  secrets: readonly Buffer[];
  /** Nothing is sent: it is logged and marked instead. */
  dryRun: boolean;
}

export function webhookConfig(v: Variables): WebhookConfig {
  const urls = new Map<NoticeTarget, string>();
  if (v.HOLDFAST_WEBHOOK_CUSTOMER_URL !== undefined) urls.set('customer', v.HOLDFAST_WEBHOOK_CUSTOMER_URL);
  if (v.HOLDFAST_WEBHOOK_SELLER_URL !== undefined) urls.set('seller', v.HOLDFAST_WEBHOOK_SELLER_URL);
  const dryRun = v.HOLDFAST_WEBHOOK_DRY_RUN;
  return {
    targets: dryRun ? NOTICE_TARGETS : [...urls.keys()],
    urls,
    secrets: v.HOLDFAST_WEBHOOK_SECRET ?? [],
    dryRun,
  };
}

/** An address without a secret: receivers could not tell our webhooks from anybody's. */
export function missingWebhookSecret(v: Variables): string[] {
  if (v.HOLDFAST_WEBHOOK_SECRET !== undefined || v.HOLDFAST_WEBHOOK_DRY_RUN) return [];
  return (['HOLDFAST_WEBHOOK_CUSTOMER_URL', 'HOLDFAST_WEBHOOK_SELLER_URL'] as const)
    .filter((name) => v[name] !== undefined)
    .map(
      (name) => `HOLDFAST_WEBHOOK_SECRET is missing, ${name} needs it, or set HOLDFAST_WEBHOOK_DRY_RUN=true`,
    );
}
