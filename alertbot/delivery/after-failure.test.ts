import { expect, it } from 'vitest';
import { SECOND } from '../../domain/time/micros.ts';
import { afterFailure, SETTLING } from './after-failure.ts';
import type { FailureKind } from './slack-outcome.ts';

const NOW = 1_000_000 * SECOND;
const failure = (kind: FailureKind) => ({ kind, error: 'why', retryAfter: null, needed: null });
const after = (kind: FailureKind, post: { plain: boolean; refusals: number }) =>
  afterFailure(post, failure(kind), NOW, () => 1);

const fresh = { plain: false, refusals: 0 };

it.each(['ratelimited', 'channel', 'auth', 'busy', 'unreachable'] as const)(
  'what is %s did not happen, and is tried again as it is, however often',
  (kind) => {
    expect(after(kind, { plain: false, refusals: 1000 })).toEqual({
      state: 'pending',
      dueAt: NOW,
      error: 'why',
      plain: false,
      refusals: 1000,
    });
  },
);

it('looks for what may have happened, after a moment', () => {
  expect(after('unknown', fresh)).toMatchObject({ state: 'uncertain', dueAt: NOW + SETTLING, plain: false });
});

it('says it in words at once when the blocks are refused', () => {
  expect(after('content', fresh)).toMatchObject({ state: 'pending', dueAt: NOW, plain: true });
});

it('gives up what is refused in words as well, after several attempts and ever longer waits', () => {
  let post = fresh;
  const waits: number[] = [];
  for (let attempts = 0; attempts < 100; attempts += 1) {
    const outcome = after('refused', post);
    if (outcome.state === 'dead') break;
    waits.push((outcome.dueAt - NOW) / SECOND);
    post = outcome;
  }
  expect(waits).toEqual([1, 2, 4, 8]);
});
