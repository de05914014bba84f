import { Counter, Histogram, type Registry } from 'prom-client';

export interface WebhookMetrics {
  requests: Counter<'target' | 'outcome'>;
  seconds: Histogram<'target'>;
}

export function createWebhookMetrics(registry: Registry): WebhookMetrics {
  const registers = [registry];
  return {
    requests: new Counter({
      name: 'holdfast_webhook_requests_total',
      help: 'Attempts to send a webhook, by outcome: sent, retry, dead, dry_run.',
      labelNames: ['target', 'outcome'],
      registers,
    }),
    seconds: new Histogram({
      name: 'holdfast_webhook_duration_seconds',
      help: 'Time from a call to its answer, or to giving up waiting for one.',
      labelNames: ['target'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
      registers,
    }),
  };
}
