import type { Leaf } from '../../domain/causes/attribution/leaf.ts';

/** An element has to explain so much of the change, and those of a dimension together so much. */
const LEAST_OF_ELEMENT = 0.1;
const LEAST_OF_DIMENSION = 0.1;
const MOST_DIMENSIONS = 3;

/**
 * Adtributor (Bhagwan et al., NSDI 2014), for comparison: elements of one dimension at a time, by surprise (Jensen-Shannon
 * divergence of the shares) and explanatory power.
 *
 * @returns for each dimension that explains enough, the most surprising first, its elements
 */
export function adtributor(dimensions: readonly string[], leaves: readonly Leaf[]): Record<string, string>[] {
  const observed = leaves.reduce((sum, leaf) => sum + leaf.observed, 0);
  const expected = leaves.reduce((sum, leaf) => sum + leaf.expected, 0);
  const candidates = dimensions.flatMap((dimension, index) => {
    const elements = elementsOf(leaves, index).map(({ value, observed: v, expected: f }) => ({
      value,
      power: (v - f) / (observed - expected),
      surprise: surprise(f / expected, v / observed),
    }));
    const chosen: { value: string; surprise: number }[] = [];
    let power = 0;
    for (const element of elements.toSorted((a, b) => b.surprise - a.surprise)) {
      if (element.power <= LEAST_OF_ELEMENT) continue;
      chosen.push(element);
      power += element.power;
      if (power > LEAST_OF_DIMENSION) break;
    }
    if (power <= LEAST_OF_DIMENSION) return [];
    return [{ dimension, chosen, surprise: chosen.reduce((sum, one) => sum + one.surprise, 0) }];
  });
  return candidates
    .toSorted((a, b) => b.surprise - a.surprise)
    .slice(0, MOST_DIMENSIONS)
    .flatMap(({ dimension, chosen }) => chosen.map(({ value }) => ({ [dimension]: value })));
}

function elementsOf(leaves: readonly Leaf[], index: number) {
  const sums = new Map<string, { value: string; observed: number; expected: number }>();
  for (const { values, observed, expected } of leaves) {
    const value = values[index] ?? '';
    const sum = sums.get(value) ?? { value, observed: 0, expected: 0 };
    sums.set(value, { value, observed: sum.observed + observed, expected: sum.expected + expected });
  }
  return [...sums.values()];
}

function surprise(p: number, q: number): number {
  const part = (share: number) => (share === 0 ? 0 : share * Math.log((2 * share) / (p + q)));
  return 0.5 * (part(p) + part(q));
}
