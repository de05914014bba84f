import type { Leaf } from '../../domain/causes/attribution/leaf.ts';
import type { Prng } from '../../simulator/timing/prng.ts';

/** How many values each dimension has. */
export const SIZES: readonly (readonly [name: string, values: number])[] = [
  ['a', 10],
  ['b', 12],
  ['c', 10],
];

export const DIMENSIONS = SIZES.map(([name]) => name);

export interface Case {
  leaves: Leaf[];
  /** What is behind it, as {@link elementName} has it. */
  truth: ReadonlySet<string>;
}

/** What is drawn for a case, from and to: as for data set S of RiskLoc (Kalander, 2022). */
const RANGES = {
  shape: [0.5, 1],
  zeros: [0, 0.25],
  noise: [0, 0.25],
  severity: [0.2, 1],
  deviation: [0, 0.1],
} as const;
const MOST_ANOMALIES = 3;
const MOST_ELEMENTS = 3;

interface Anomaly {
  /** Value by dimension, for each of its elements. */
  elements: Readonly<Record<string, string>>[];
  severity: number;
  deviation: number;
}

/** A name for a combination of values that does not depend on the order of dimensions: `a=a1&b=b3`. */
export function elementName(where: Readonly<Record<string, string>>): string {
  return Object.entries(where)
    .map(([dimension, value]) => `${dimension}=${value}`)
    .toSorted()
    .join('&');
}

/** A case whose root causes are known: forecasts of Weibull values with an error, and anomalies that each scale their leaves. */
export function generateCase(rng: Prng): Case {
  const draw = (name: keyof typeof RANGES) => rng.between(RANGES[name][0], RANGES[name][1]);
  const zeros = draw('zeros');
  const noise = draw('noise');
  const leaves = normalLeaves(rng, draw('shape'), zeros, noise);
  const anomalies: Anomaly[] = [];
  for (let left = rng.int(1, MOST_ANOMALIES); left > 0; left--) {
    const elements = elementsOf(rng, anomalies, leaves);
    anomalies.push({ elements, severity: draw('severity') + noise, deviation: draw('deviation') });
  }
  // In the direction in which the forecast errs anyway, so that the error does not hide what is wrong.
  const sums = leaves.reduce((sum, { observed, expected }) => sum + observed - expected, 0);
  for (const anomaly of anomalies)
    for (const leaf of leaves)
      if (anomaly.elements.some((element) => isIn(leaf, element))) scale(leaf, anomaly, sums <= 0, rng);
  const truth = anomalies.flatMap(({ elements }) => elements.map(elementName));
  return { leaves, truth: new Set(truth) };
}

function normalLeaves(rng: Prng, shape: number, zeros: number, noise: number): Leaf[] {
  return combinations().map((values) => {
    // Weibull, by inversion.
    const size = rng.chance(zeros) ? 0 : 100 * (-Math.log(1 - rng.next())) ** (1 / shape);
    const other = Math.max(0, size * (1 + noise * normal(rng)));
    const [observed, expected] = rng.chance(0.5) ? [size, other] : [other, size];
    return { values, observed, expected };
  });
}

function combinations(): string[][] {
  return SIZES.reduce<string[][]>(
    (all, [name, size]) =>
      all.flatMap((values) => Array.from({ length: size }, (_, i) => [...values, `${name}${i + 1}`])),
    [[]],
  );
}

/** Distinct elements of the same dimensions, which share no value with another anomaly. */
function elementsOf(
  rng: Prng,
  before: readonly Anomaly[],
  leaves: readonly Leaf[],
): Readonly<Record<string, string>>[] {
  for (;;) {
    const chosen = shuffled(SIZES, rng).slice(0, rng.int(1, SIZES.length));
    const isLeaf = chosen.length === SIZES.length;
    const names = chosen
      .map(([name]) => name)
      .toSorted()
      .join();
    if (
      !isLeaf &&
      before.some(
        (one) =>
          Object.keys(one.elements[0] ?? {})
            .toSorted()
            .join() === names,
      )
    )
      continue;
    const count = rng.int(1, MOST_ELEMENTS);
    const elements = Array.from({ length: count }, () =>
      Object.fromEntries(chosen.map(([name, size]) => [name, rng.pick(unused(name, size, before))] as const)),
    );
    const isDistinct = new Set(elements.map(elementName)).size === count;
    const isThere =
      !isLeaf || elements.every((element) => leaves.some((l) => isIn(l, element) && l.observed > 0));
    if (isDistinct && isThere) return elements;
  }
}

function unused(name: string, size: number, before: readonly Anomaly[]): string[] {
  const used = new Set(before.flatMap(({ elements }) => elements.map((element) => element[name])));
  return Array.from({ length: size }, (_, i) => `${name}${i + 1}`).filter((value) => !used.has(value));
}

function shuffled<T>(items: readonly T[], rng: Prng): T[] {
  return items
    .map((item) => ({ item, key: rng.next() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function isIn({ values }: Leaf, element: Readonly<Record<string, string>>): boolean {
  return DIMENSIONS.every((name, i) => element[name] === undefined || element[name] === values[i]);
}

function scale(leaf: Leaf, { severity, deviation }: Anomaly, isDrop: boolean, rng: Prng): void {
  const factor = Math.max(0, 1 - (severity + deviation * normal(rng)));
  if (isDrop) leaf.observed = leaf.expected * factor;
  else leaf.expected = leaf.observed * factor;
}

/** Standard normal, by Box and Muller. */
function normal(rng: Prng): number {
  return Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next());
}
