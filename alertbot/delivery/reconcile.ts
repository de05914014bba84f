import { MINUTE, type Micros, SECOND } from '../../domain/time/micros.ts';
import { claimDoubtfulPosts, type DoubtfulPost } from '../sql/claim-doubtful-posts.ts';
import { markSlackSent } from '../sql/mark-slack-sent.ts';
import { markSlackUnsent } from '../sql/mark-slack-unsent.ts';
import { postponeDoubts } from '../sql/postpone-doubts.ts';
import { type Found, findOurs, type Place } from './found-in-slack.ts';
import type { DeliveryParts } from './parts.ts';
import { LEASE } from './post-next.ts';
import type { Answer, FoundMessage } from './slack-calls.ts';
import type { Failure } from './slack-outcome.ts';

const AT_ONCE = 500;
/** How far our clock and Slack's may differ. */
const CLOCK_MARGIN: Micros = 2 * MINUTE;
/** 20,000 messages since the oldest doubt. */
const MOST_PAGES = 100;
const SHORTEST_WAIT: Micros = 2 * SECOND;
const LONGEST_WAIT: Micros = 30 * SECOND;
const TOGETHER: Micros = 10 * SECOND;

/**
 * Finds out about posts of which nobody knows whether they are in Slack, before they are sent again: each channel, and
 * each thread, is read once for all of its doubts, and a post is known by the key in its metadata. Found: it is sent,
 * and copies of it are deleted. Not found: it is pending again.
 *
 * A duplicate remains possible when Slack carries a request out only after it was looked for, that is more than 5 s after
 * our call had timed out. The sweep deletes it when it sees it.
 *
 * @returns whether there were doubts
 */
export async function reconcile(parts: DeliveryParts): Promise<boolean> {
  const { database, clock } = parts.context;
  const now = clock.now();
  if (parts.calls.isRefused(now)) return false;
  const doubts = await claimDoubtfulPosts(database, AT_ONCE, now, now + LEASE);
  for (const posts of byPlace(doubts)) {
    const place = await placeOf(parts, posts[0] as DoubtfulPost);
    const found = place.ok ? await find(parts, place.value, posts) : place;
    if (found.ok) {
      await parts.channels.answered((posts[0] as DoubtfulPost).target, clock.now());
      await Promise.all(posts.map((post) => settle(parts, post, place, found.value)));
    } else await postpone(parts, posts, found.failure);
  }
  return doubts.length > 0;
}

function byPlace(posts: readonly DoubtfulPost[]): DoubtfulPost[][] {
  const groups = new Map<string, DoubtfulPost[]>();
  for (const post of posts) {
    const place = post.parent === null ? post.target : `${post.parent.channel} ${post.parent.ts}`;
    groups.set(place, [...(groups.get(place) ?? []), post]);
  }
  return [...groups.values()];
}

/** null: there is no such place, so there is nothing in it. */
async function placeOf(
  { channels }: DeliveryParts,
  { target, parent }: DoubtfulPost,
): Promise<Answer<Place | null>> {
  if (parent !== null) return { ok: true, value: { channel: parent.channel, threadTs: parent.ts } };
  const id = await channels.idOf(target);
  if (!id.ok) return id;
  return { ok: true, value: id.value === null ? null : { channel: id.value, threadTs: null } };
}

const NOTHING: Found = { byKey: new Map(), readFrom: Number.NEGATIVE_INFINITY };

async function find(
  { calls }: DeliveryParts,
  place: Place | null,
  posts: readonly DoubtfulPost[],
): Promise<Answer<Found>> {
  if (place === null) return { ok: true, value: NOTHING };
  const oldest = Math.min(...posts.map(({ since }) => since)) - CLOCK_MARGIN;
  const found = await findOurs(calls, place, oldest, MOST_PAGES);
  if (!found.ok && (found.failure.kind === 'missing' || found.failure.error === 'channel_not_found')) {
    return { ok: true, value: NOTHING };
  }
  return found;
}

async function settle(
  { context, calls, metrics }: DeliveryParts,
  post: DoubtfulPost,
  place: Answer<Place | null>,
  found: Found,
): Promise<void> {
  const { database, clock, logger } = context;
  const now = clock.now();
  const { messageId, attempt, plain, refusals } = post;
  const [first, ...copies] = found.byKey.get(post.messageKey) ?? [];
  const channel = place.ok ? (place.value?.channel ?? '') : '';
  if (first === undefined) {
    const again = { state: 'pending', dueAt: now, error: 'not found in Slack', plain, refusals } as const;
    await markSlackUnsent(database, messageId, attempt, again);
    return;
  }
  const sent = {
    messageId,
    channel,
    ts: first.ts,
    shown: null,
    hash: first.hash,
    finished: post.parent !== null,
  };
  if (!(await markSlackSent(database, sent, attempt, now))) return;
  metrics.sent.inc({ kind: kindOf(post) });
  for (const copy of copies) await deleteCopy(channel, copy);

  async function deleteCopy(of: string, { ts }: FoundMessage): Promise<void> {
    logger.warn({ messageId, ts }, 'a message is in Slack twice; the later one is deleted');
    await calls.delete(of, ts);
  }
}

async function postpone(
  { context }: DeliveryParts,
  posts: readonly DoubtfulPost[],
  failure: Failure,
): Promise<void> {
  const now = context.clock.now();
  const oldest = Math.min(...posts.map(({ since }) => since));
  const until = Math.max(lookAgainAt(now, now - oldest), now + (failure.retryAfter ?? 0) * SECOND);
  await postponeDoubts(
    context.database,
    posts.map(({ messageId }) => messageId),
    until,
    failure.error,
  );
}

function kindOf({ parent, groupKey }: DoubtfulPost): 'single' | 'group' | 'reply' {
  if (parent !== null) return 'reply';
  return groupKey === null ? 'single' : 'group';
}

/** The older a doubt, the less often it is looked into, down to every half minute; and then all of them together. */
function lookAgainAt(now: Micros, age: Micros): Micros {
  const at = now + Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, Math.round(age / 2)));
  return age < LONGEST_WAIT ? at : Math.ceil(at / TOGETHER) * TOGETHER;
}
