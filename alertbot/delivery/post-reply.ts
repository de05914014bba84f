import { DELIVERY_OPTIONS } from '../messages/slack-message.ts';
import { threadEntry } from '../messages/thread-entry.ts';
import { adoptOrphanPost } from '../sql/adopt-orphan-post.ts';
import type { ClaimedPost } from '../sql/claim-slack-post.ts';
import { markSlackSent } from '../sql/mark-slack-sent.ts';
import { markSlackUnsent } from '../sql/mark-slack-unsent.ts';
import { readPostEntries, type StoredEntry } from '../sql/read-post-entries.ts';
import { releaseEntries } from '../sql/release-entries.ts';
import { afterFailure } from './after-failure.ts';
import type { Channel } from './channel.ts';
import { noteFailure } from './note-failure.ts';
import type { DeliveryParts } from './parts.ts';
import { replaceMessage } from './replace-message.ts';
import type { Failure } from './slack-outcome.ts';
import { entriesThatFit, isMoot, threadLines } from './thread-lines.ts';

type Parent = NonNullable<ClaimedPost['parent']>;

/**
 * Posts what is to be said in a thread: all that waits for it, in one post.
 *
 * @returns whether Slack was called
 */
export async function postReply(
  parts: DeliveryParts,
  channel: Channel,
  post: ClaimedPost,
  parent: Parent,
): Promise<boolean> {
  const { database, clock } = parts.context;
  if (parent.gone || parent.channel === null || parent.ts === null) {
    await adoptOrphanPost(database, post.messageId, post.attempt);
    return false;
  }
  const entries = (await readPostEntries(database, post.messageId)).filter((entry) => !isMoot(entry));
  if (entries.length === 0) {
    const nothing = {
      state: 'gone',
      dueAt: clock.now(),
      error: null,
      plain: post.plain,
      refusals: 0,
    } as const;
    await markSlackUnsent(database, post.messageId, post.attempt, nothing);
    return false;
  }
  const fitting = entriesThatFit(entries);
  await releaseEntries(
    database,
    entries.slice(fitting).map(({ replyId }) => replyId),
  );
  await say(
    parts,
    channel,
    post,
    { ...parent, channel: parent.channel, ts: parent.ts },
    entries.slice(0, fitting),
  );
  return true;
}

async function say(
  parts: DeliveryParts,
  channel: Channel,
  post: ClaimedPost,
  parent: { messageId: number; channel: string; ts: string; grouped: boolean },
  entries: readonly StoredEntry[],
): Promise<void> {
  const { context, calls, channels, metrics, settings } = parts;
  const { text, blocks } = threadEntry(threadLines(entries, parent.grouped, context.clock.now()), settings);
  const answer = await calls.post({
    ...DELIVERY_OPTIONS,
    channel: parent.channel,
    thread_ts: parent.ts,
    // Only an escalation is worth telling the whole channel of.
    reply_broadcast: post.urgency === 0,
    text,
    blocks: post.plain ? [] : blocks,
    metadata: {
      event_type: 'holdfast_entry',
      event_payload: { message_id: post.messageId, message_key: post.messageKey },
    },
  });
  if (!answer.ok) return notSaid(parts, channel, post, parent.messageId, answer.failure);
  const sent = {
    messageId: post.messageId,
    ...answer.value,
    shown: post.wanted,
    hash: null,
    finished: true,
  };
  if (await markSlackSent(context.database, sent, post.attempt, context.clock.now()))
    metrics.sent.inc({ kind: 'reply' });
  await channels.took(channel, context.clock.now());
}

async function notSaid(
  parts: DeliveryParts,
  channel: Channel,
  post: ClaimedPost,
  parentId: number,
  failure: Failure,
): Promise<void> {
  const { context, channels, metrics } = parts;
  const now = context.clock.now();
  const outOfReach = failure.kind === 'missing' || (failure.kind === 'channel' && channels.hasFallback);
  const unsent = afterFailure(post, failure, now, Math.random);
  // The thread is what is wrong, not what is said in it.
  const outcome = outOfReach
    ? { ...unsent, state: 'pending' as const, dueAt: now, plain: post.plain }
    : unsent;
  await markSlackUnsent(context.database, post.messageId, post.attempt, outcome);
  if (outcome.state === 'dead') {
    metrics.dead.inc();
    context.logger.error(
      { messageId: post.messageId, error: outcome.error },
      'Slack refuses this thread post for good',
    );
  }
  if (outOfReach) await replaceMessage(parts, parentId, failure.error);
  await noteFailure(parts, channel, failure, now);
}
