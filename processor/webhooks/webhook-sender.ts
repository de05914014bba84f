import type { Clock } from '../../platform/clock/clock.ts';
import type { WebhookConfig } from '../../platform/config/webhooks.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { type BackoffOptions, backoffMs } from '../../platform/errors/backoff.ts';
import { repeat } from '../../platform/lifecycle/repeat.ts';
import type { Logger } from '../../platform/logger/logger.ts';
import { insertAlerts } from '../sql/insert-alerts.ts';
import { deadWebhookAlert } from './dead-webhook-alert.ts';
import type { WebhookOutcome } from './outcome.ts';
import { PausedTargets } from './paused-targets.ts';
import { sendWebhook } from './send-webhook.ts';
import { type ClaimedWebhook, claimWebhooks } from './sql/claim-webhooks.ts';
import { postponeWebhook } from './sql/postpone-webhook.ts';
import { releaseWebhooks } from './sql/release-webhooks.ts';
import { type Settlement, settleWebhook } from './sql/settle-webhook.ts';
import type { WebhookMetrics } from './webhook-metrics.ts';

export interface SenderContext {
  database: Database;
  logger: Logger;
  clock: Clock;
  metrics: WebhookMetrics;
  webhooks: WebhookConfig;
}

export interface SenderOptions {
  timeoutMs: number;
  leaseMs: number;
  idleMs: number;
  /** A webhook is given up after so many attempts. */
  mostAttempts: number;
  /** Sent at the same time. */
  most: number;
  backoff: BackoffOptions;
  /** Longest that a receiver may ask to be left alone. */
  longestRetryAfterMs: number;
}

/** Twelve attempts with these waits go on for 1.7 hours at least, and 3.5 at most, unless the receiver asks for more. */
export const SENDER_DEFAULTS: SenderOptions = {
  timeoutMs: 15_000,
  leaseMs: 60_000,
  idleMs: 1000,
  mostAttempts: 12,
  most: 10,
  backoff: { firstMs: 10_000, longestMs: 3_600_000 },
  longestRetryAfterMs: 24 * 3_600_000,
};

/**
 * Sends what is in `webhook_outbox`. At least once: a crash between the call and the mark sends again, with the same
 * webhook-id, once the lease has run out.
 */
export class WebhookSender {
  private readonly context: SenderContext;
  private readonly options: SenderOptions;
  private readonly paused: PausedTargets;
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(context: SenderContext, options: Partial<SenderOptions> = {}) {
    this.context = context;
    this.options = { ...SENDER_DEFAULTS, ...options };
    this.paused = new PausedTargets(this.options.backoff, Math.random);
  }

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private run(): Promise<void> {
    const { most, idleMs } = this.options;
    return repeat(
      this.stopping.signal,
      async () => ((await this.sendSome()) < most ? idleMs : 0),
      (error, failures) => {
        const level = failures === 1 ? 'warn' : 'debug';
        this.context.logger[level]({ err: error, failures }, 'webhooks not sent; trying again');
      },
    );
  }

  /** @returns how many were tried */
  async sendSome(): Promise<number> {
    const { database, webhooks, clock } = this.context;
    const claimed = await claimWebhooks(database, {
      most: this.options.most,
      leaseMs: this.options.leaseMs,
      targets: webhooks.dryRun ? [...webhooks.targets, ...webhooks.receivers] : [...webhooks.urls.keys()],
      paused: this.paused.at(clock.now() / 1000),
    });
    const outcomes = await Promise.allSettled(claimed.map((webhook) => this.sendOne(webhook)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return claimed.length;
  }

  private async sendOne(webhook: ClaimedWebhook): Promise<void> {
    const { database, webhooks, clock, logger, metrics } = this.context;
    const { webhookId, kind, target } = webhook;
    if (webhooks.dryRun) {
      logger.info({ webhookId, kind, target, payload: webhook.payload }, 'webhook not sent: dry run');
      await settleWebhook(database, webhookId, { state: 'dry_run', status: null, error: null });
      metrics.requests.inc({ target, outcome: 'dry_run' });
      return;
    }
    const { signal } = this.stopping;
    const endTimer = metrics.seconds.startTimer({ target });
    const outcome = await sendWebhook(webhook, {
      url: webhook.url ?? webhooks.urls.get(target) ?? '',
      secrets: webhooks.secrets,
      timeoutMs: this.options.timeoutMs,
      nowMs: clock.now() / 1000,
      signal,
    });
    endTimer();
    if (outcome.kind === 'retry' && outcome.status === null && signal.aborted) {
      await releaseWebhooks(database, [webhookId]);
      return;
    }
    await this.conclude(webhook, outcome);
  }

  private async conclude(webhook: ClaimedWebhook, outcome: WebhookOutcome): Promise<void> {
    const { database, metrics, clock, logger } = this.context;
    const { webhookId, target, attempts } = webhook;
    const nowMs = clock.now() / 1000;
    const { status } = outcome;
    if (outcome.kind === 'delivered') {
      this.paused.forget(target);
      metrics.requests.inc({ target, outcome: 'sent' });
      await settleWebhook(database, webhookId, { state: 'sent', status, error: null });
      return;
    }
    const { reason } = outcome;
    if (outcome.kind === 'refused' || attempts >= this.options.mostAttempts) {
      metrics.requests.inc({ target, outcome: 'dead' });
      logger.error({ webhookId, target, attempts, reason }, 'webhook given up');
      await this.bury(webhook, { state: 'dead', status, error: reason });
      return;
    }
    metrics.requests.inc({ target, outcome: 'retry' });
    logger.warn({ webhookId, target, attempts, reason }, 'webhook not taken; it is sent again');
    const asked = Math.min(outcome.retryAfterMs ?? 0, this.options.longestRetryAfterMs);
    // An address of its own says nothing about the target's.
    if (webhook.url === null) this.paused.pause(target, nowMs, asked);
    const afterMs = Math.max(asked, backoffMs(attempts, this.options.backoff, Math.random));
    await postponeWebhook(database, webhookId, { afterMs, status, error: reason });
  }

  private async bury(webhook: ClaimedWebhook, settlement: Settlement & { error: string }): Promise<void> {
    const { database, clock } = this.context;
    await inTransaction(database, async (connection) => {
      if (await settleWebhook(connection, webhook.webhookId, settlement))
        await insertAlerts(connection, [deadWebhookAlert(webhook, settlement.error, clock.now())]);
    });
  }
}
