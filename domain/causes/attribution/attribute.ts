import { type Cuboid, cuboidsOf, type Element } from './cuboids.ts';
import { deviationOf, type Leaf, type RootCause } from './leaf.ts';
import { median, noiseOf } from './noise.ts';

export interface AttributionOptions {
  /** Combinations of so many dimensions at most. */
  dimensions?: number;
  /** Root causes at most. */
  most?: number;
  /** What explains less of the whole deviation is left out, 0..1. */
  leastShare?: number;
  /** Leaves are counts: small ones scatter as Poisson does, on top of what forecasts err by. */
  counts?: boolean;
}

const DEFAULTS: Required<AttributionOptions> = { dimensions: 3, most: 10, leastShare: 0, counts: false };

/** Of normal leaves, and of those of a root cause, so many are unlike the others for no reason. */
const OUTLIERS = 0.0002;
/** An outlier may be anywhere in -2..2. */
const OUTLIER_DENSITY = OUTLIERS / 4;
/** Of the leaves of a root cause, so many are not part of it: something else is behind them, or nothing. */
const STRANGERS = 0.1;
/** Leaves of one root cause are not more alike than this. */
const LEAST_SCATTER = 0.02;

interface Scored {
  element: Element;
  gain: number;
}

/** Leaves as arrays, and which of them are explained already. */
interface Field {
  deviations: readonly number[];
  /** Standard deviation of the error of each leaf. */
  noise: readonly number[];
  /** Log-likelihood of each as a normal leaf. */
  normal: readonly number[];
  open: boolean[];
}

/**
 * Finds the few combinations of values that explain why the observed differs from the expected, in the manner of RiskLoc
 * (Kalander, 2022): leaves of a root cause deviate by the same ratio (the ripple effect), and normal ones do not. Where RiskLoc weighs risks
 * against thresholds, this weighs likelihoods: a root cause has to make the data shorter to tell by more than it takes to
 * name it (minimum description length). The element that saves most is taken first, then split where its parts save more.
 *
 * @param dimensions names, in the order of the leaves' values
 * @returns the root causes, the one that saves most first
 */
export function attribute(
  dimensions: readonly string[],
  leaves: readonly Leaf[],
  options: AttributionOptions = {},
): RootCause[] {
  const settings = { ...DEFAULTS, ...options };
  const field = fieldOf(leaves, settings.counts);
  const cuboids = cuboidsOf(leaves, dimensions.length, settings.dimensions);
  const found: Scored[] = [];
  while (found.length < settings.most) {
    const best = bestOf(cuboids, field);
    if (best === null) break;
    for (const one of splitOf(best, cuboids, field)) {
      found.push(one);
      for (const leaf of one.element.leaves) field.open[leaf] = false;
    }
  }
  const whole = leaves.reduce((sum, { observed, expected }) => sum + expected - observed, 0);
  return found
    .map((one) => rootCause(one, dimensions, leaves, whole))
    .filter(({ share }) => Math.abs(share) >= settings.leastShare)
    .slice(0, settings.most);
}

function fieldOf(leaves: readonly Leaf[], counts: boolean): Field {
  const deviations = leaves.map(deviationOf);
  const open = leaves.map(({ observed, expected }) => observed + expected > 0);
  const error = noiseOf(deviations.filter((_, leaf) => open[leaf]));
  // The relative error of a Poisson count of mean m is 1 / sqrt(m).
  const noise = leaves.map(({ observed, expected }) =>
    counts ? Math.hypot(error, 1 / Math.sqrt(Math.max(1, (observed + expected) / 2))) : error,
  );
  const normal = deviations.map((d, leaf) => Math.log(normalDensity(d, noise[leaf] ?? error)));
  return { deviations, noise, normal, open };
}

function bestOf(cuboids: readonly Cuboid[], field: Field): Scored | null {
  let best: Scored | null = null;
  for (const cuboid of cuboids) {
    const cost = costOf(cuboid, cuboids.length);
    for (const element of cuboid.elements) {
      const gain = gainOf(element, field) - cost;
      if (gain > (best?.gain ?? 0)) best = { element, gain };
    }
  }
  return best;
}

/** A few leaves are alike by chance: their scatter counts as much as that of so many normal ones. */
const PRIOR_LEAVES = 4;

function shrunk(spread: number, leaves: number, sigma: number): number {
  return Math.sqrt((leaves * spread ** 2 + PRIOR_LEAVES * sigma ** 2) / (leaves + PRIOR_LEAVES));
}

/** What it takes to say which element it is, of all of its cuboid, and which cuboid. */
function costOf({ elements }: Cuboid, cuboids: number): number {
  return Math.log(elements.length) + Math.log(cuboids);
}

/** How much more likely its leaves are as ones that share a deviation, than as normal ones. */
function gainOf({ leaves }: Element, { deviations, noise, normal, open }: Field): number {
  const own = leaves.filter((leaf) => open[leaf]);
  if (own.length === 0) return 0;
  const ds = own.map((leaf) => deviations[leaf] ?? 0);
  const centre = median(ds);
  const spread = median(ds.map((d) => Math.abs(d - centre))) / 0.6745;
  let gain = 0;
  for (const leaf of own) {
    const sigma = noise[leaf] ?? 1;
    const around = Math.max(LEAST_SCATTER, shrunk(spread, own.length, sigma));
    const asNormal = normal[leaf] ?? 0;
    const alike = (1 - STRANGERS) * density(deviations[leaf] ?? 0, centre, around);
    gain += Math.log(alike + STRANGERS * Math.exp(asNormal)) - asNormal;
  }
  // Its centre and its scatter were chosen by looking at it.
  return gain - Math.log(own.length + 1);
}

/**
 * Of a leaf that is as ever: the error is relative to what was expected or to what came, one knows not which. So large deviations are less
 * rare than with a normal distribution.
 */
function normalDensity(d: number, sigma: number): number {
  return OUTLIER_DENSITY + ((1 - OUTLIERS) * (relative(d, sigma) + relative(-d, sigma))) / 2;
}

/** Density of the deviation d when 2 d / (2 - d), the error relative to the one, is normal. */
function relative(d: number, sigma: number): number {
  const rest = Math.max(2 - d, 1e-6);
  const z = (2 * d) / rest / sigma;
  return ((4 / rest ** 2) * Math.exp(-0.5 * z * z)) / (sigma * Math.sqrt(2 * Math.PI));
}

/** Student's t with three degrees of freedom: a drop to nearly nothing is cut off at 2, and leaves are alike only nearly. */
function density(d: number, centre: number, sigma: number): number {
  const z = (d - centre) / sigma;
  return 0.3676 / sigma / (1 + (z * z) / 3) ** 2;
}

/** The element, or its parts along one more dimension where these save more together. */
function splitOf(whole: Scored, cuboids: readonly Cuboid[], field: Field): Scored[] {
  const { element } = whole;
  let best = { parts: [whole], gain: whole.gain };
  for (const cuboid of cuboids) {
    const isFiner =
      cuboid.dimensions.length === element.dimensions.length + 1 &&
      element.dimensions.every((dimension) => cuboid.dimensions.includes(dimension));
    if (!isFiner) continue;
    const cost = costOf(cuboid, cuboids.length);
    const parts = cuboid.elements
      .filter((part) => isPartOf(part, element))
      .map((part) => ({ element: part, gain: gainOf(part, field) - cost }))
      .filter(({ gain }) => gain > 0);
    const gain = parts.reduce((sum, part) => sum + part.gain, 0);
    if (gain > best.gain) best = { parts, gain };
  }
  if (best.parts.length === 1 && best.parts[0] === whole) return [whole];
  return best.parts.flatMap((part) => splitOf(part, cuboids, field));
}

function isPartOf(part: Element, whole: Element): boolean {
  return whole.dimensions.every(
    (dimension, i) => part.values[part.dimensions.indexOf(dimension)] === whole.values[i],
  );
}

function rootCause(
  { element, gain }: Scored,
  dimensions: readonly string[],
  leaves: readonly Leaf[],
  whole: number,
): RootCause {
  let observed = 0;
  let expected = 0;
  for (const leaf of element.leaves) {
    observed += leaves[leaf]?.observed ?? 0;
    expected += leaves[leaf]?.expected ?? 0;
  }
  const where = Object.fromEntries(
    element.dimensions.map((dimension, i) => [dimensions[dimension] ?? '', element.values[i] ?? '']),
  );
  return { where, observed, expected, share: whole === 0 ? 0 : (expected - observed) / whole, gain };
}
