import { expect, it } from 'vitest';
import { ChurnStory, type ToldLook, type ToldPromotion } from './churn-story.ts';

const look: ToldLook = {
  asOf: new Date('2026-02-02T00:00:00Z'),
  ...{ hasLearnt: true, customers: 981, falling: 194, likely: 21, auc: 0.7123 },
};
const promotion: ToldPromotion = {
  promotionId: 'promotion-2026-02-02',
  at: look.asOf,
  endsAt: new Date('2026-02-09T00:00:00Z'),
  ...{ probability: 0.7, isOver: false, carriedOut: 0 },
  ...{ treated: 15, heldOut: 6, treatedReordered: 0, heldOutReordered: 0 },
};
const over: ToldPromotion = {
  ...promotion,
  ...{ isOver: true, carriedOut: 15, treatedReordered: 9, heldOutReordered: 1 },
};
const story = () => new ChurnStory((at) => at.toISOString().slice(5, 10));

it('tells of a look, a promotion and what came of it, each once', () => {
  const told = story();
  expect(told.turn({ looks: [look], promotions: [promotion] })).toEqual([
    '02-02  981 customers, of whom 194 order less often than they did; 21 of these will stay away with 70 % or more (AUC of the last model 0.71)',
    '02-02  promotion for 15 of them; 6 like them get none',
  ]);
  expect(told.turn({ looks: [look], promotions: [{ ...promotion, carriedOut: 14 }] })).toEqual([]);
  expect(told.turn({ looks: [look], promotions: [over] })).toEqual([
    '02-02  the platform has promoted to all 15',
    '02-09  ordered again within the time: 9 of 15 (60 %) with a promotion, 1 of 6 (17 %) without; 43 points more (95 %: -3 to 68)',
  ]);
  expect(told.turn({ looks: [look], promotions: [over] })).toEqual([]);
});

it('adds up the promotions that are over, and no others', () => {
  const second = { ...over, promotionId: 'b', endsAt: new Date('2026-02-16T00:00:00Z'), heldOutReordered: 2 };
  const third = { ...promotion, promotionId: 'c', treated: 100 };
  expect(
    story()
      .turn({ looks: [], promotions: [over, second, third] })
      .at(-1),
  ).toBe(
    '02-16  of 2 promotions: 18 of 30 (60 %) with a promotion, 3 of 12 (25 %) without; 35 points more (95 %: 2 to 57)',
  );
});

it('says when nobody knows yet, and when nobody was held out', () => {
  const first = { ...look, hasLearnt: false, auc: null };
  const alone = { ...over, heldOut: 0, heldOutReordered: 0 };
  expect(story().turn({ looks: [first], promotions: [alone] })).toEqual([
    '02-02  981 customers, of whom 194 order less often than they did; nobody knows yet what becomes of such',
    '02-02  promotion for 15 of them; 0 like them get none',
    '02-02  the platform has promoted to all 15',
    '02-09  ordered again within the time: 9 of 15 (60 %) with a promotion, nobody without',
  ]);
});
