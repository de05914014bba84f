import { replaceSlackMessage } from '../sql/replace-slack-message.ts';
import type { DeliveryParts } from './parts.ts';

/** A message was deleted or is out of reach: another one takes its place, while something of it is unresolved. */
export async function replaceMessage(parts: DeliveryParts, messageId: number, reason: string): Promise<void> {
  const { database, clock, logger } = parts.context;
  const heir = await replaceSlackMessage(database, messageId, reason, clock.now());
  if (heir === null) return;
  parts.metrics.replaced.inc();
  logger.warn({ messageId, heir, reason }, 'a message is not in Slack any more; it is posted again');
}
