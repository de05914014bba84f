import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delaySource, STAGES, type StageMeans, stageShares } from './stage-shares.ts';

const means = (APPROVAL: number, PREPARATION: number, TRANSIT: number): StageMeans => ({
  APPROVAL,
  PREPARATION,
  TRANSIT,
});

describe('stageShares', () => {
  it('divides the time among the stages', () => {
    expect(stageShares(means(10, 30, 60), null, null).map(({ share }) => share)).toEqual([0.1, 0.3, 0.6]);
  });

  it('finds where the delay comes from, not what takes longest', () => {
    const shares = stageShares(means(1, 40, 100), means(1, 90, 110), means(1, 30, 90));
    expect(shares.map(({ excessSeconds }) => excessSeconds)).toEqual([0, 60, 20]);
    expect(shares.map(({ excessShare }) => excessShare)).toEqual([0, 0.75, 0.25]);
    expect(delaySource(shares)).toBe('SELLER');
  });

  it('leaves out what was faster for late orders', () => {
    const shares = stageShares(means(1, 1, 1), means(0, 5, 30), means(9, 5, 10));
    expect(shares.map(({ excessShare }) => excessShare)).toEqual([0, 0, 1]);
    expect(delaySource(shares)).toBe('CARRIER');
  });

  it.each([
    ['no late order', null, means(1, 2, 3)],
    ['no order in time', means(1, 2, 3), null],
    ['late ones are as fast', means(1, 2, 3), means(1, 2, 3)],
  ])('blames nobody when there is %s', (_name, late, onTime) => {
    expect(delaySource(stageShares(means(1, 2, 3), late, onTime))).toBeNull();
  });

  it('shares add up', () => {
    const some = fc.record({ APPROVAL: fc.nat(), PREPARATION: fc.nat(), TRANSIT: fc.nat() });
    fc.assert(
      fc.property(some, some, some, (all, late, onTime) => {
        const shares = stageShares(all, late, onTime);
        const total = (of: (share: (typeof shares)[number]) => number) =>
          shares.reduce((sum, one) => sum + of(one), 0);
        expect(total(({ share }) => share)).toBeCloseTo(STAGES.some((stage) => all[stage] > 0) ? 1 : 0);
        if (shares[0]?.excessShare !== null)
          expect(total(({ excessShare }) => excessShare ?? 0)).toBeCloseTo(1);
      }),
    );
  });
});
