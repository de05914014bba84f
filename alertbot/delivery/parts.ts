import type { AlertbotContext } from '../context.ts';
import { messageSettings } from '../message-settings.ts';
import type { MessageSettings } from '../messages/alert-view.ts';
import { Channels } from './channels.ts';
import { createDeliveryMetrics, type DeliveryMetrics } from './metrics.ts';
import { SlackCalls } from './slack-calls.ts';
import { TokenBucket } from './token-bucket.ts';

/** What delivery needs of the alertbot. */
export type DeliveryContext = Omit<AlertbotContext, 'metrics' | 'telemetry'>;

/** What the parts of delivery share. */
export interface DeliveryParts {
  context: DeliveryContext;
  calls: SlackCalls;
  metrics: DeliveryMetrics;
  settings: MessageSettings;
  channels: Channels;
  /** Slack limits updates of all channels together. */
  updates: TokenBucket;
}

export function createParts(context: DeliveryContext): DeliveryParts {
  const { slack } = context.config;
  const metrics = createDeliveryMetrics(context.registry);
  const calls = new SlackCalls(context.slack, context, metrics);
  return {
    context,
    calls,
    metrics,
    settings: messageSettings(context.config),
    channels: new Channels(context, calls),
    updates: new TokenBucket({ perSecond: slack.updatesPerMinute / 60, burst: slack.updatesPerMinute / 5 }),
  };
}
