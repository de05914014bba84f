import { describe, expect, test } from 'vitest';
import { DAY } from '../time/micros.ts';
import { nextMonday, trainingMoments } from './churn-schedule.ts';
import { armed, armOf, promotionAction, promotionIdOf, promotionResult } from './promotion.ts';
import { proportion, proportionDifference } from './proportion.ts';
import { segmentOf } from './segment.ts';

const MONDAY = nextMonday(20_000 * DAY);
const CUSTOMERS = Array.from({ length: 4000 }, (_, i) => ({
  customerId: `c${i}`,
  region: null,
  probability: 0.8,
}));

describe('arms', () => {
  const id = promotionIdOf(MONDAY);

  test('about a fifth is held out, the same ones every time, others in the next promotion', () => {
    const held = (promotion: string) =>
      armed(promotion, CUSTOMERS, 0.2)
        .filter(({ arm }) => arm === 'HELD_OUT')
        .map(({ customerId }) => customerId);
    const first = held(id);
    expect(first.length / CUSTOMERS.length).toBeGreaterThan(0.18);
    expect(first.length / CUSTOMERS.length).toBeLessThan(0.22);
    expect(held(id)).toEqual(first);
    const next = new Set(held(promotionIdOf(MONDAY + 7 * DAY)));
    expect(first.filter((one) => next.has(one)).length / first.length).toBeLessThan(0.3);
    expect(armOf(id, 'c1', 0.999_999)).toBe('HELD_OUT');
  });

  test('who is treated has an action, who is held out has none', () => {
    for (const one of armed(id, CUSTOMERS.slice(0, 50), 0.5)) {
      if (one.arm === 'HELD_OUT') expect(one.actionId).toBeNull();
      else {
        const row = promotionAction(id, one, { at: MONDAY, validFor: DAY, hasReceiver: true });
        expect(row).toMatchObject({
          actionId: one.actionId,
          action: 'PROMOTION',
          status: 'SENT',
          receiver: 'platform',
        });
      }
    }
  });

  test('without an address nothing is sent', () => {
    const row = promotionAction(id, CUSTOMERS[0]!, { at: MONDAY, validFor: DAY, hasReceiver: false });
    expect(row).toMatchObject({
      status: 'DRY_RUN',
      note: 'not sent: HOLDFAST_WEBHOOK_PLATFORM_URL is not set',
    });
  });
});

describe('results', () => {
  // Newcombe, Interval estimation for the difference between independent proportions, 1998, table II: 56/70 - 48/80.
  test('intervals are the published ones', () => {
    const difference = proportionDifference(proportion(56, 70)!, proportion(48, 80)!);
    expect(difference.rate).toBeCloseTo(0.2, 10);
    expect(difference.low).toBeCloseTo(0.0524, 4);
    expect(difference.high).toBeCloseTo(0.3339, 4);
  });

  test('of nobody nothing is told', () => {
    const counts = { treated: 10, treatedReordered: 5, heldOut: 0, heldOutReordered: 0 };
    expect(promotionResult(counts)).toMatchObject({
      treated: { rate: 0.5 },
      held_out: null,
      difference: null,
    });
    expect(proportion(0, 8)).toMatchObject({ rate: 0, low: 0 });
    expect(proportion(0, 8)!.high).toBeCloseTo(0.3244, 4);
  });
});

test('a week begins on Monday, and what is learnt from is over', () => {
  expect(new Date(MONDAY / 1000).toISOString()).toBe('2024-10-07T00:00:00.000Z');
  expect(nextMonday(MONDAY)).toBe(MONDAY + 7 * DAY);
  expect(nextMonday(MONDAY - 1)).toBe(MONDAY);
  expect(trainingMoments(MONDAY, 28 * DAY)).toEqual([28, 56, 84].map((days) => MONDAY - days * DAY));
});

test.each([
  [2, 5, 'NEW'],
  [10, 9, 'REGULAR'],
  [10, 16, 'FALLING'],
  [10, 40, 'FALLING'],
  [10, 70, 'LOST'],
])('%d orders, ten days apart, and %d days of silence: %s', (orders, silent, segment) => {
  const lastAt = MONDAY - silent * DAY;
  const firstAt = lastAt - (orders - 1) * 10 * DAY;
  const history = {
    customerId: 'c',
    region: null,
    orders,
    firstAt,
    lastAt,
    meanValue: null,
    late: 0,
    refusals: 0,
  };
  expect(segmentOf(history, MONDAY, 28 * DAY)).toBe(segment);
});
