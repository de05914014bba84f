import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WeightedSampler } from './weighted-sampler.ts';

const weight = fc.integer({ min: 0, max: 20 });

/** The item at a share, found by walking over all of them. */
function walk(weights: readonly number[], share: number): number {
  let left = share * weights.reduce((sum, one) => sum + one, 0);
  for (const [i, one] of weights.entries()) {
    left -= one;
    if (left < 0) return i;
  }
  return weights.length - 1;
}

it('finds what a walk over all items finds, however weights are added and changed', () => {
  fc.assert(
    fc.property(
      fc.array(weight, { minLength: 1, maxLength: 40 }),
      fc.array(fc.tuple(fc.nat(39), weight), { maxLength: 20 }),
      fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 5, maxLength: 5 }),
      (weights, changes, shares) => {
        const sampler = new WeightedSampler();
        const plain: number[] = [];
        for (const one of weights) {
          expect(sampler.add(one)).toBe(plain.length);
          plain.push(one);
        }
        for (const [index, one] of changes) {
          if (index >= plain.length) continue;
          sampler.set(index, one);
          plain[index] = one;
        }
        expect(sampler.total).toBe(plain.reduce((sum, one) => sum + one, 0));
        if (sampler.total === 0) return;
        for (const share of shares) expect(sampler.at(share)).toBe(walk(plain, share));
      },
    ),
  );
});
