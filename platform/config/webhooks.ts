import { NOTICE_TARGETS, type NoticeTarget } from '../../domain/delivery/notices.ts';
import { ACTION_RECEIVERS, type ActionReceiver } from '../../domain/response/action.ts';
import type { Variables } from './variables.ts';

/** Where other systems are told of predicted delays and of actions, and how they know that it is us. */
export interface WebhookConfig {
  /** Who is told of delays: those with an address; in a dry run all. */
  targets: readonly NoticeTarget[];
  /** Who does what is decided about incidents: those with an address; in a dry run all. */
  receivers: readonly ActionReceiver[];
  /** Address by target. */
  urls: ReadonlyMap<string, string>;
  /** Keys of the signature; more than one while they are exchanged. */
  secrets: readonly Buffer[];
  /** Nothing is sent: it is logged and marked instead. */
  dryRun: boolean;
}

const ADDRESSES = {
  customer: 'HOLDFAST_WEBHOOK_CUSTOMER_URL',
  seller: 'HOLDFAST_WEBHOOK_SELLER_URL',
  platform: 'HOLDFAST_WEBHOOK_PLATFORM_URL',
  operations: 'HOLDFAST_WEBHOOK_OPERATIONS_URL',
} as const satisfies Record<NoticeTarget | ActionReceiver, keyof Variables>;

export function webhookConfig(v: Variables): WebhookConfig {
  const urls = new Map<string, string>();
  for (const [target, name] of Object.entries(ADDRESSES)) {
    const url = v[name];
    if (url !== undefined) urls.set(target, url);
  }
  const dryRun = v.HOLDFAST_WEBHOOK_DRY_RUN;
  return {
    targets: NOTICE_TARGETS.filter((target) => dryRun || urls.has(target)),
    receivers: ACTION_RECEIVERS.filter((receiver) => dryRun || urls.has(receiver)),
    urls,
    secrets: v.HOLDFAST_WEBHOOK_SECRET ?? [],
    dryRun,
  };
}

/** An address without a secret: receivers could not tell our webhooks from anybody's. */
export function missingWebhookSecret(v: Variables): string[] {
  if (v.HOLDFAST_WEBHOOK_SECRET !== undefined || v.HOLDFAST_WEBHOOK_DRY_RUN) return [];
  return Object.values(ADDRESSES)
    .filter((name) => v[name] !== undefined)
    .map(
      (name) => `HOLDFAST_WEBHOOK_SECRET is missing, ${name} needs it, or set HOLDFAST_WEBHOOK_DRY_RUN=true`,
    );
}
