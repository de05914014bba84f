import { withSpan } from '../../platform/tracing/with-span.ts';
import { DELIVERY_OPTIONS } from '../messages/slack-message.ts';
import type { ClaimedPost } from '../sql/claim-slack-post.ts';
import { loadTraceparents } from '../sql/load-traceparents.ts';
import { markSlackSent } from '../sql/mark-slack-sent.ts';
import { markSlackUnsent } from '../sql/mark-slack-unsent.ts';
import { afterFailure } from './after-failure.ts';
import type { Channel } from './channel.ts';
import { callArguments, contentOf } from './content.ts';
import { noteFailure } from './note-failure.ts';
import type { DeliveryParts } from './parts.ts';
import { loadSubjects } from './subjects.ts';

/**
 * Posts the message of an alert or a group, as the database has it now, and says what became of it.
 *
 * @returns whether Slack was called
 */
export async function postMessage(
  parts: DeliveryParts,
  channel: Channel,
  post: ClaimedPost,
): Promise<boolean> {
  const { context, calls, channels, metrics, settings } = parts;
  const { database, clock, logger } = context;
  const subject = (await loadSubjects(database, [post], clock.now())).get(post.messageId);
  if (subject === undefined) throw new Error(`message ${post.messageId} stands for no alert`);
  const content = contentOf(subject, post.plain, settings, logger);

  const message = {
    ...callArguments(content, post),
    unfurl_links: DELIVERY_OPTIONS.unfurl_links,
    unfurl_media: DELIVERY_OPTIONS.unfurl_media,
    channel: channel.target,
  };
  // The trace goes on from what raised the alert; with tracing off there is nothing to ask the database for.
  const isTraced = context.config.tracesEndpoint !== null;
  const origins = isTraced ? await loadTraceparents(database, post.messageId) : [];
  const answer = await withSpan('post alert', { attempt: post.attempt }, origins, () => calls.post(message));
  const now = clock.now();
  if (answer.ok) {
    channels.learn(channel, answer.value.channel);
    const sent = {
      messageId: post.messageId,
      ...answer.value,
      shown: post.wanted,
      hash: content.hash,
      finished: content.finished,
    };
    if (await markSlackSent(database, sent, post.attempt, now))
      metrics.sent.inc({ kind: post.groupKey === null ? 'single' : 'group' });
    await channels.took(channel, now);
    return true;
  }
  const unsent = afterFailure(post, answer.failure, now, Math.random);
  await markSlackUnsent(database, post.messageId, post.attempt, unsent);
  if (unsent.state === 'dead') {
    metrics.dead.inc();
    logger.error({ messageId: post.messageId, error: unsent.error }, 'Slack refuses this message for good');
  }
  await noteFailure(parts, channel, answer.failure, now);
  return true;
}
