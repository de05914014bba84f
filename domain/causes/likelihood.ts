/**
 * What a cause lets one expect of a feature. A feature can be as ever, above or below; a cause says how probable each is.
 *
 * - `UP`, `DOWN`: it moves, nearly always.
 * - `SURELY_UP`, `SURELY_DOWN`: it moves, or it is not this cause.
 * - `UPWARDS`, `DOWNWARDS`: it moves as often as not, and then so.
 * - `QUIET`: the cause does nothing to it; something else might.
 * - `STILL`: the same, of what hardly ever moves by chance.
 * - `ANY`: nothing can be said.
 * - `SOME`: of all that can be looked at, some move.
 * - `EITHER`: it moved, one knows not why.
 */
export type Expectation =
  | 'UP'
  | 'DOWN'
  | 'SURELY_UP'
  | 'SURELY_DOWN'
  | 'UPWARDS'
  | 'DOWNWARDS'
  | 'QUIET'
  | 'STILL'
  | 'ANY'
  | 'SOME'
  | 'EITHER';

/** Probabilities of: as ever, above, below. */
const SHARES: Readonly<Record<Expectation, readonly [number, number, number]>> = {
  UP: [0.1, 0.88, 0.02],
  DOWN: [0.1, 0.02, 0.88],
  SURELY_UP: [0.02, 0.97, 0.01],
  SURELY_DOWN: [0.02, 0.01, 0.97],
  UPWARDS: [0.5, 0.46, 0.04],
  DOWNWARDS: [0.5, 0.04, 0.46],
  QUIET: [0.9, 0.05, 0.05],
  STILL: [0.99, 0.005, 0.005],
  ANY: [0.5, 0.25, 0.25],
  EITHER: [0.2, 0.4, 0.4],
  SOME: [0.84, 0.08, 0.08],
};

/** Deviations are not quite normal, and those of neighbouring steps not independent. */
const SPREAD = 1.4;

/** A change is this many times the typical one, equally often. */
const MULTIPLES = [0.6, 1, 1.6, 2.5, 4];

/** Standard deviation of changes around each multiple, as a share of it. */
const CHANGES_DIFFER = 0.25;

/** What no density explains is as probable anywhere, so that one feature cannot decide alone. */
const OUTLIERS = 0.005 / 50;

/** How much more probable a deviation is when its feature moved above, or below, than when it is as ever. */
export interface Ratios {
  up: number;
  down: number;
}

/**
 * @param z deviation, in standard deviations
 * @param typical deviation that a typical change would have; near 0: such a change could not be seen, and nothing is learnt
 */
export function ratiosOf(z: number, typical: number): Ratios {
  const flat = OUTLIERS + normal(z);
  return { up: (OUTLIERS + moved(z, typical)) / flat, down: (OUTLIERS + moved(-z, typical)) / flat };
}

/** One of several moved, one knows not which. @param of how many; those that are not given did not */
export function oneOf(all: readonly Ratios[], of: number): Ratios {
  const count = Math.max(of, all.length, 1);
  return {
    up: all.reduce((sum, { up }) => sum + up, 0) / count,
    down: all.reduce((sum, { down }) => sum + down, 0) / count,
  };
}

/** Natural logarithm of the likelihood of a feature, given what is expected of it, against its being as ever. */
export function logLikelihood(expectation: Expectation, { up, down }: Ratios): number {
  const [asEver, above, below] = SHARES[expectation];
  return Math.log(asEver + above * up + below * down);
}

function moved(z: number, typical: number): number {
  let sum = 0;
  for (const multiple of MULTIPLES) sum += normal(z - multiple * typical, spreadOf(multiple * typical));
  // Beyond the largest multiple: moved all the same, and more.
  const largest = (MULTIPLES.at(-1) ?? 1) * typical;
  const beyond = z > largest ? normal(0, spreadOf(largest)) : 0;
  return Math.max(sum, beyond) / MULTIPLES.length;
}

/** Changes differ in size, too: the larger they are, the more. */
function spreadOf(change: number): number {
  return Math.hypot(SPREAD, CHANGES_DIFFER * change);
}

function normal(z: number, spread = SPREAD): number {
  return Math.exp(-0.5 * (z / spread) ** 2) / (spread * Math.sqrt(2 * Math.PI));
}
