import { describe, expect, it } from 'vitest';
import { NOON, STEP, verdict } from '../../test/support/response/made-up-incidents.ts';
import { HOUR } from '../time/micros.ts';
import { beginEffect, followStep, withoutAction } from './follow-up.ts';

const RECOVERY = { halfLife: HOUR, learntFrom: 0, untreated: null };
const PLAN = { undo: null, follows: 'x', steadySince: null, followedFrom: null, inBandSince: null };
const SETTINGS = { steadyFor: 3 * STEP, followFor: 2 * HOUR };

describe('the estimate without action', () => {
  it.each([
    [0, 40],
    [HOUR, 70],
    [2 * HOUR, 85],
  ])('after %i: the ratio of before comes half as near in each half-life', (elapsed, expected) => {
    const effect = { ratioBefore: 0.4, differenceBefore: -60, halfLife: HOUR };
    expect(withoutAction(100, effect, elapsed)).toBeCloseTo(expected, 9);
    // What is expected now counts, not what was expected then.
    expect(withoutAction(10, effect, elapsed)).toBeCloseTo(expected / 10, 9);
  });

  it('is of the difference where nothing was expected', () => {
    const effect = { ratioBefore: null, differenceBefore: 8, halfLife: HOUR };
    expect(withoutAction(1, effect, HOUR)).toBeCloseTo(5, 9);
  });
});

describe('a followed step', () => {
  const follow = (kind: 'COUNT' | 'RATE', observed: readonly (number | null)[]) => {
    let one = {
      effect: beginEffect('x', { ratio: 2, difference: 100 }, RECOVERY),
      plan: PLAN as typeof PLAN,
    };
    for (const [index, value] of observed.entries()) {
      const step = { from: NOON + index * STEP, now: NOON + (index + 1) * STEP };
      one = followStep(one.effect, one.plan, kind, step, verdict(value), SETTINGS) as typeof one;
    }
    return one.effect;
  };

  it('adds up counts, and keeps the mean of everything else', () => {
    expect(follow('COUNT', [200, 180])).toMatchObject({ steps: 2, observed: 380, expected: 200 });
    expect(follow('RATE', [200, 180])).toMatchObject({ steps: 2, observed: 190, expected: 100 });
  });

  it('of which nothing is known counts for nothing, and is not within the band', () => {
    expect(follow('COUNT', [200, null, 100])).toMatchObject({
      steps: 2,
      observed: 300,
      followedFor: 3 * STEP,
    });
    expect(follow('COUNT', [100, 100, null, 100])).toMatchObject({ returnedAt: null, following: true });
  });

  it('after enough within the band is the last', () => {
    expect(follow('COUNT', [200, 100, 105, 95])).toMatchObject({
      returnedAt: NOON + STEP,
      returnedAfter: STEP,
      following: false,
    });
  });
});
