import { type Micros, SECOND } from '../../domain/time/micros.ts';
import { claimStaleMessage, type StaleMessage } from '../sql/claim-stale-message.ts';
import { markSlackShown } from '../sql/mark-slack-shown.ts';
import { postponeRefresh } from '../sql/postpone-refresh.ts';
import { backOff } from './back-off.ts';
import { type Content, callArguments, contentOf } from './content.ts';
import type { DeliveryParts } from './parts.ts';
import { LEASE, type Step } from './post-next.ts';
import { replaceMessage } from './replace-message.ts';
import type { Failure } from './slack-outcome.ts';
import { loadSubjects } from './subjects.ts';

/** A first change is shown at once; those that follow it, together. A group in a storm would use up all updates. */
const SINGLE_PAUSE: Micros = SECOND;
const GROUP_PAUSE: Micros = 3 * SECOND;
const FAILURE_BACKOFF = { firstMs: 1000, longestMs: 30_000 };
const REFUSAL_BACKOFF = { firstMs: 5000, longestMs: 600_000 };
const CLOSED_CHANNEL: Micros = 60 * SECOND;

/** Updates the message that needs it most, to what the database says now. */
export async function refreshNext(parts: DeliveryParts): Promise<Step> {
  const { context, calls, updates, settings } = parts;
  const { database, clock, logger } = context;
  const now = clock.now();
  if (calls.isRefused(now) || !updates.take(now)) return 'waiting';
  let called = false;
  try {
    const stale = await claimStaleMessage(database, now, now + LEASE);
    if (stale === null) return 'nothing';
    const subject = (await loadSubjects(database, [stale], now)).get(stale.messageId);
    // Its alert has moved to the message that replaced it.
    if (subject === undefined) return 'posted';
    const content = contentOf(subject, stale.plain, settings, logger);
    if (content.hash === stale.shownHash) {
      await markShown(parts, stale, content, now);
      return 'posted';
    }
    called = true;
    const answer = await calls.update({
      ...callArguments(content, stale),
      channel: stale.channel,
      ts: stale.ts,
    });
    if (answer.ok) await markShown(parts, stale, content, clock.now());
    else await notShown(parts, stale, answer.failure);
    return 'posted';
  } finally {
    if (!called) updates.giveBack();
  }
}

async function markShown(
  { context }: DeliveryParts,
  stale: StaleMessage,
  { hash, finished }: Content,
  now: Micros,
): Promise<void> {
  const shown = { messageId: stale.messageId, shown: stale.wanted, hash, finished };
  const pause = stale.groupKey === null ? SINGLE_PAUSE : GROUP_PAUSE;
  await markSlackShown(context.database, shown, now, now + pause);
}

async function notShown(parts: DeliveryParts, stale: StaleMessage, failure: Failure): Promise<void> {
  const { context, channels, updates } = parts;
  const now = context.clock.now();
  const { messageId, plain, refusals } = stale;
  const postponed = { messageId, until: now, error: failure.error, plain, refusals };
  const later = (options: { firstMs: number; longestMs: number }) => backOff(now, refusals + 1, options);
  switch (failure.kind) {
    case 'missing':
    case 'unchangeable':
      return replaceMessage(parts, messageId, failure.error);
    case 'channel':
      if (channels.hasFallback) return replaceMessage(parts, messageId, failure.error);
      return postponeRefresh(context.database, { ...postponed, until: now + CLOSED_CHANNEL });
    case 'ratelimited':
      updates.pause(now + (failure.retryAfter ?? 1) * SECOND);
      return postponeRefresh(context.database, postponed);
    case 'auth':
      return postponeRefresh(context.database, postponed);
    case 'content':
    case 'refused': {
      const until = plain ? later(REFUSAL_BACKOFF) : now;
      return postponeRefresh(context.database, { ...postponed, until, plain: true, refusals: refusals + 1 });
    }
    case 'busy':
    case 'unreachable':
    case 'unknown':
      updates.pause(now + SECOND);
      return postponeRefresh(context.database, {
        ...postponed,
        until: later(FAILURE_BACKOFF),
        refusals: refusals + 1,
      });
  }
}
