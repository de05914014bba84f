import { HOUR, MINUTE, type Micros, SECOND } from '../../domain/time/micros.ts';
import { markSlackWrong } from '../sql/mark-slack-wrong.ts';
import { pullBackTimes } from '../sql/pull-back-times.ts';
import { readSweptMessages, type SweptMessage } from '../sql/read-swept-messages.ts';
import { contentOf } from './content.ts';
import { type Found, findOurs } from './found-in-slack.ts';
import type { DeliveryParts } from './parts.ts';
import { LEASE } from './post-next.ts';
import { loadSubjects } from './subjects.ts';

const MOST_MESSAGES = 1000;
/** Of 200 messages each, of everybody's, in each channel. */
const MOST_PAGES = 10;
/** Resolved messages are looked after for a while, for their last update may be the one that was lost. */
const LOOKED_AFTER: Micros = HOUR;
/** Slack may take a moment until a message is in the history. */
const JUST_POSTED: Micros = 5 * SECOND;
const CLOCK_MARGIN: Micros = 2 * MINUTE;
/** Nothing is put off for longer; what is due later was put off by a clock that was ahead. */
const FURTHEST: Micros = 15 * MINUTE;

/**
 * Compares what Slack shows with what the database says, for the newest messages that somebody may still look at: what
 * differs, or is not there, is given to Slack again (and posted again where that fails, because it was deleted). Copies
 * are deleted. What a clock that was ahead has put off for hours is due again.
 *
 * @returns how many messages were found wrong
 */
export async function sweep(parts: DeliveryParts): Promise<number> {
  const { context, calls, metrics } = parts;
  const { database, clock } = context;
  const now = clock.now();
  // Not at once: should it be now that the clock is wrong, a call that is under way has its time to end.
  await pullBackTimes(database, { soon: now + LEASE, furthest: now + FURTHEST });
  if (calls.isRefused(now)) return 0;
  const messages = await readSweptMessages(database, MOST_MESSAGES, now - LOOKED_AFTER);
  const wrong = new Set(await outdated(parts, messages));
  for (const [channel, inChannel] of byChannel(messages)) {
    const oldest = Math.min(...inChannel.map(({ ts }) => Number(ts) * 1e6));
    const found = await findOurs(calls, { channel, threadTs: null }, oldest - CLOCK_MARGIN, MOST_PAGES);
    if (!found.ok) continue;
    for (const message of inChannel) if (isWrong(message, found.value, now)) wrong.add(message);
    await deleteCopies(parts, channel, inChannel, found.value);
  }
  await markSlackWrong(database, [...wrong], now);
  metrics.mended.inc(wrong.size);
  return wrong.size;
}

/** What no trigger tells of: the order of an alert has changed, or the way messages are drawn has. */
async function outdated(parts: DeliveryParts, messages: readonly SweptMessage[]): Promise<SweptMessage[]> {
  const { context, settings } = parts;
  const subjects = await loadSubjects(context.database, messages, context.clock.now());
  return messages.filter((message) => {
    const subject = subjects.get(message.messageId);
    if (subject === undefined || message.shownHash === null) return false;
    return contentOf(subject, message.plain, settings, context.logger).hash !== message.shownHash;
  });
}

function byChannel(messages: readonly SweptMessage[]): Map<string, SweptMessage[]> {
  const channels = new Map<string, SweptMessage[]>();
  for (const message of messages)
    channels.set(message.channel, [...(channels.get(message.channel) ?? []), message]);
  return channels;
}

function isWrong(message: SweptMessage, found: Found, now: Micros): boolean {
  const there = found.byKey.get(message.messageKey)?.find(({ ts }) => ts === message.ts);
  if (there !== undefined) return there.hash !== message.shownHash;
  return Number(message.ts) * 1e6 > found.readFrom && message.postedAt < now - JUST_POSTED;
}

async function deleteCopies(
  { context, calls }: DeliveryParts,
  channel: string,
  messages: readonly SweptMessage[],
  found: Found,
): Promise<void> {
  for (const message of messages) {
    const ours = found.byKey.get(message.messageKey) ?? [];
    if (!ours.some(({ ts }) => ts === message.ts)) continue;
    for (const { ts } of ours.filter((copy) => copy.ts !== message.ts)) {
      context.logger.warn(
        { messageId: message.messageId, ts },
        'a message is in Slack twice; the copy is deleted',
      );
      await calls.delete(channel, ts);
    }
  }
}
