import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScoreSums } from './score-sums.ts';
import { scoreSellers, speedOf } from './seller-score.ts';

const HALF = 48 * 3600;

/** A seller as the list of what happened to its orders. */
const history = fc.record({
  orders: fc.nat(20),
  preparations: fc.array(fc.constantFrom(0, 3600, HALF, 500_000), { maxLength: 8 }),
  inTime: fc.array(fc.boolean(), { maxLength: 8 }),
  reviews: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 8 }),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

const settings = fc.record({
  weights: fc
    .record({ speed: fc.nat(5), reliability: fc.nat(5), satisfaction: fc.nat(5) })
    .filter(({ speed, reliability, satisfaction }) => speed + reliability + satisfaction > 0),
  pseudoCount: fc.nat(10),
});

const sellers = fc
  .array(history, { maxLength: 8 })
  .map((list) => list.map((of, i) => [`s${i}` as string, of] as const));

function sumsOf({ orders, preparations, inTime, reviews }: History): ScoreSums {
  return {
    orders,
    preparations: preparations.length,
    speedSum: preparations.reduce((sum, seconds) => sum + speedOf(seconds, HALF), 0),
    deliveries: inTime.length,
    late: inTime.filter((is) => !is).length,
    reviews: reviews.length,
    reviewSum: reviews.reduce((sum, score) => sum + score, 0),
    breaches: 0,
  };
}

/** As if everybody had so many more orders as good as the average of all. */
function plainPart(all: readonly number[][], own: readonly number[], pseudoCount: number): number {
  const values = all.flat();
  const mean = values.length === 0 ? 0.5 : values.reduce((sum, value) => sum + value, 0) / values.length;
  const padded = [...own, ...Array<number>(pseudoCount).fill(mean)];
  return padded.length === 0 ? mean : padded.reduce((sum, value) => sum + value, 0) / padded.length;
}

const VALUES = {
  speed: ({ preparations }: History) => preparations.map((seconds) => 1 / (1 + seconds / HALF)),
  reliability: ({ inTime }: History) => inTime.map((is) => (is ? 1 : 0)),
  satisfaction: ({ reviews }: History) => reviews.map((score) => (score - 1) / 4),
};

describe('scoreSellers', () => {
  it('is what adding average orders to every seller says', () => {
    fc.assert(
      fc.property(sellers, settings, (list, { weights, pseudoCount }) => {
        const scores = scoreSellers(new Map(list.map(([id, of]) => [id, sumsOf(of)])), {
          weights,
          pseudoCount,
        });
        expect(scores.map(({ sellerId }) => sellerId).toSorted()).toEqual(list.map(([id]) => id));
        for (const score of scores) {
          const own = list.find(([id]) => id === score.sellerId)![1];
          let sum = 0;
          for (const part of ['speed', 'reliability', 'satisfaction'] as const) {
            const expected = plainPart(
              list.map(([, of]) => VALUES[part](of)),
              VALUES[part](own),
              pseudoCount,
            );
            expect(score[part]).toBeCloseTo(expected, 9);
            sum += weights[part] * expected;
          }
          expect(score.score).toBeCloseTo(
            sum / (weights.speed + weights.reliability + weights.satisfaction),
            9,
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('ranks each by how many are better, and lists equal ones by orders and id', () => {
    fc.assert(
      fc.property(sellers, settings, (list, of) => {
        const scores = scoreSellers(new Map(list.map(([id, own]) => [id, sumsOf(own)])), of);
        for (const { score, rank } of scores) {
          expect(rank).toBe(1 + scores.filter((other) => other.score > score).length);
        }
        const orders = new Map(list.map(([id, own]) => [id, own.orders]));
        for (const [index, after] of scores.slice(1).entries()) {
          const before = scores[index]!;
          const tie = [before, after].map((one) => orders.get(one.sellerId)!);
          expect(before.score).toBeGreaterThanOrEqual(after.score);
          if (before.score !== after.score) continue;
          expect(tie[0]).toBeGreaterThanOrEqual(tie[1]!);
          if (tie[0] === tie[1]) expect(before.sellerId < after.sellerId).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the same to the last bit, in whatever order sellers come', () => {
    fc.assert(
      fc.property(sellers, settings, (list, of) => {
        const entries = list.map(([id, own]) => [id, sumsOf(own)] as const);
        expect(scoreSellers(new Map(entries.toReversed()), of)).toEqual(scoreSellers(new Map(entries), of));
      }),
    );
  });

  it('pulls a seller of few orders to the average more than one of many', () => {
    const perfect = (n: number) =>
      sumsOf({ orders: n, preparations: [], inTime: Array(n).fill(true), reviews: [] });
    const poor = sumsOf({ orders: 50, preparations: [], inTime: Array(50).fill(false), reviews: [] });
    const scores = scoreSellers(
      new Map([
        ['few', perfect(2)],
        ['many', perfect(40)],
        ['poor', poor],
      ]),
      { weights: { speed: 0, reliability: 1, satisfaction: 0 }, pseudoCount: 10 },
    );
    expect(scores.map(({ sellerId }) => sellerId)).toEqual(['many', 'few', 'poor']);
  });
});
