import type { Leaf } from './leaf.ts';

/** A combination of values of some dimensions, and the leaves in it. */
export interface Element {
  /** Which dimensions, by their place; in ascending order. */
  dimensions: readonly number[];
  values: readonly string[];
  /** Indices of leaves. */
  leaves: readonly number[];
}

/** All elements of a choice of dimensions. */
export interface Cuboid {
  dimensions: readonly number[];
  elements: readonly Element[];
}

/** Every cuboid of up to `most` dimensions, the coarsest first. */
export function cuboidsOf(leaves: readonly Leaf[], dimensions: number, most: number): Cuboid[] {
  const choices = choicesOf(dimensions)
    .filter((choice) => choice.length <= most)
    .toSorted((a, b) => a.length - b.length);
  return choices.map((choice) => cuboidOf(leaves, choice));
}

function cuboidOf(leaves: readonly Leaf[], dimensions: readonly number[]): Cuboid {
  const elements = new Map<string, { values: string[]; leaves: number[] }>();
  for (const [index, { values }] of leaves.entries()) {
    const own = dimensions.map((dimension) => values[dimension] ?? '');
    const key = JSON.stringify(own);
    const element = elements.get(key);
    if (element === undefined) elements.set(key, { values: own, leaves: [index] });
    else element.leaves.push(index);
  }
  return { dimensions, elements: [...elements.values()].map((element) => ({ dimensions, ...element })) };
}

/** Every choice of at least one of `n` things. */
function choicesOf(n: number): number[][] {
  const choices: number[][] = [];
  for (let bits = 1; bits < 2 ** n; bits++) {
    const choice: number[] = [];
    for (let i = 0; i < n; i++) if ((bits >> i) & 1) choice.push(i);
    choices.push(choice);
  }
  return choices;
}
