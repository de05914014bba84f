import { type Micros, SECOND } from '../../domain/time/micros.ts';
import type { ClaimedPost } from '../sql/claim-slack-post.ts';
import type { UnsentPost } from '../sql/mark-slack-unsent.ts';
import { backOff } from './back-off.ts';
import type { Failure } from './slack-outcome.ts';

/** A request that timed out here may still be on its way there: how long to wait before the channel is read. */
export const SETTLING: Micros = 5 * SECOND;
/** Refused so often, also as words only, it will be refused for ever. */
const MOST_REFUSALS = 5;
const REFUSAL_BACKOFF = { firstMs: 1000, longestMs: 60_000 };

/** What becomes of a post after its call has failed. Whatever Slack said did not happen is tried again. */
export function afterFailure(
  post: Pick<ClaimedPost, 'plain' | 'refusals'>,
  failure: Failure,
  now: Micros,
  random: () => number,
): UnsentPost {
  const { plain, refusals } = post;
  const same = { state: 'pending', dueAt: now, error: failure.error, plain, refusals } as const;
  switch (failure.kind) {
    case 'unknown':
      return { ...same, state: 'uncertain', dueAt: now + SETTLING };
    case 'content':
      return plain ? afterRefusal(same, now, random) : { ...same, plain: true };
    case 'refused':
    case 'missing':
    case 'unchangeable':
      return afterRefusal(same, now, random);
    default:
      return same;
  }
}

function afterRefusal(same: UnsentPost, now: Micros, random: () => number): UnsentPost {
  const refusals = same.refusals + 1;
  if (same.plain && refusals >= MOST_REFUSALS) return { ...same, state: 'dead', refusals };
  return { ...same, plain: true, refusals, dueAt: backOff(now, refusals, REFUSAL_BACKOFF, random) };
}
