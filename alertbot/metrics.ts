import { Counter, Histogram, type Registry } from 'prom-client';

/** What the alertbot counts of what reaches it. No order, alert or user ids in labels. */
export interface AlertbotMetrics {
  interactions: Counter<'type' | 'outcome'>;
  interactionSeconds: Histogram;
  alertmanagerNotifications: Counter<'status'>;
}

/** Seconds; Slack gives up after 3. */
const INTERACTION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3];

export function createAlertbotMetrics(registry: Registry): AlertbotMetrics {
  const registers = [registry];
  return {
    interactions: new Counter({
      name: 'holdfast_slack_interactions_total',
      help: 'What people did in Slack, by type and outcome.',
      labelNames: ['type', 'outcome'],
      registers,
    }),
    interactionSeconds: new Histogram({
      name: 'holdfast_slack_interaction_seconds',
      help: 'Time from a request of Slack to its decision committed in the database.',
      buckets: INTERACTION_BUCKETS,
      registers,
    }),
    alertmanagerNotifications: new Counter({
      name: 'holdfast_alertmanager_notifications_total',
      help: 'Alerts that Alertmanager has told of, by what became of them.',
      labelNames: ['status'],
      registers,
    }),
  };
}
