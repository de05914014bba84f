import { Releasers } from '../platform/lifecycle/releasers.ts';
import { within } from '../platform/lifecycle/within.ts';
import { awaitSchema } from './await-schema.ts';
import { startSources } from './causes/start-sources.ts';
import type { ProcessorContext } from './context.ts';
import { runPipeline } from './pipeline.ts';
import { ActionSender } from './response/action-sender.ts';
import { WebhookSender } from './webhooks/webhook-sender.ts';

/** How long a stop waits for calls under way to be given back; what is not comes back when its lease has run out. */
const WEBHOOKS_WITHIN_MS = 1000;

/**
 * Starts everything that writes, and lets it begin once the database has the schema this build needs: on an older one it
 * would fail half way, or leave out what the newer tables are for. Comes back at once.
 */
export function startWork(context: ProcessorContext): { stop: () => Promise<void> } {
  const releasers = new Releasers(context.logger);
  const stopping = new AbortController();
  const schema = awaitSchema(context, stopping.signal);
  void schema.then((isThere) => {
    if (isThere) startSenders(context, releasers);
  });
  // At once: where the database is away, the broker is looked for all the same.
  const pipeline = runPipeline(context, schema);
  return {
    stop: async () => {
      stopping.abort();
      await pipeline.stop();
      await releasers.release();
    },
  };
}

function startSenders(context: ProcessorContext, releasers: Releasers): void {
  const { config, metrics } = context;
  const webhooks = new WebhookSender({ ...context, metrics: metrics.webhooks, webhooks: config.webhooks });
  webhooks.start();
  releasers.push('webhooks', () => within(WEBHOOKS_WITHIN_MS, webhooks.stop()));
  const actions = new ActionSender(context);
  actions.start();
  releasers.push('actions', () => actions.stop());
  if (config.platformIntelligence) startSources(context, releasers);
}
