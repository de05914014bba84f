import { type Micros, SECOND } from '../../domain/time/micros.ts';
import { type ClaimedPost, claimSlackPost } from '../sql/claim-slack-post.ts';
import { type Channel, turnRanks } from './channel.ts';
import type { DeliveryParts } from './parts.ts';
import { postMessage } from './post-message.ts';
import { postReply } from './post-reply.ts';

/** Longer than any call may take: whoever has a message for longer is dead, or has lost the database. */
export const LEASE: Micros = 30 * SECOND;

/** `posted`: a call was made, or a post turned out not to need one. */
export type Step = 'posted' | 'waiting' | 'nothing';

/**
 * Posts what comes next in a channel: claimed and committed first, then posted, then marked, so that a crash at any point
 * leaves a row that says what may have happened.
 */
export async function postNext(parts: DeliveryParts, channel: Channel): Promise<Step> {
  const { database, clock } = parts.context;
  const now = clock.now();
  if (parts.calls.isRefused(now)) return 'waiting';
  if (channel.isClosed(now)) {
    await parts.channels.passOn(channel, now);
    return 'waiting';
  }
  if (channel.isAway(now) || !channel.bucket.take(now)) return 'waiting';
  let called = false;
  try {
    const ranks = turnRanks(channel.sinceReply);
    const post = await claimSlackPost(database, channel.target, ranks, now, now + LEASE);
    if (post === null) return 'nothing';
    called = await send(parts, channel, post);
    return 'posted';
  } finally {
    if (!called) channel.bucket.giveBack();
  }
}

async function send(parts: DeliveryParts, channel: Channel, post: ClaimedPost): Promise<boolean> {
  if (post.parent === null) {
    channel.sinceReply += 1;
    return postMessage(parts, channel, post);
  }
  channel.sinceReply = 0;
  return postReply(parts, channel, post, post.parent);
}
