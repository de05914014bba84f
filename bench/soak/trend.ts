/** How a series moves over time, by the method of Theil and Sen: the median of the slopes between all pairs of points. */
export interface Trend {
  /** Middle of the values. */
  median: number;
  /** Change over the whole stretch, in the unit of the values: the likeliest, and the bounds that hold it 95 times of 100. */
  change: number;
  low: number;
  high: number;
}

const Z_95 = 1.96;
/** Slopes of all pairs of more points than these take too long, and tell no more. */
const MOST_POINTS = 400;

/**
 * Half of the points may be wild without moving it, so a pause of the machine is no trend. The bounds assume that points
 * are independent; points a few seconds apart are not quite, so they are narrower than the truth.
 *
 * @param points (seconds, value), in order of time. At least three, else all is NaN.
 */
export function trendOf(points: readonly (readonly [number, number])[]): Trend {
  const every = Math.max(1, Math.ceil(points.length / MOST_POINTS));
  const used = points.filter((_, index) => index % every === 0);
  const first = used[0];
  const last = used.at(-1);
  if (first === undefined || last === undefined || used.length < 3)
    return { median: Number.NaN, change: Number.NaN, low: Number.NaN, high: Number.NaN };
  const slopes: number[] = [];
  for (const [i, [at, value]] of used.entries()) {
    for (const [later, other] of used.slice(i + 1))
      if (later > at) slopes.push((other - value) / (later - at));
  }
  slopes.sort((a, b) => a - b);
  const n = used.length;
  const spread = Z_95 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const atRank = (rank: number) =>
    slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(rank)))] ?? Number.NaN;
  const seconds = last[0] - first[0];
  return {
    median: middle(used.map(([, value]) => value).toSorted((a, b) => a - b)),
    change: middle(slopes) * seconds,
    low: atRank((slopes.length - spread) / 2 - 1) * seconds,
    high: atRank((slopes.length + spread) / 2) * seconds,
  };
}

export interface Allowance {
  /** Change that is no growth yet, as a share of the median and at least so much of the unit. */
  share: number;
  least: number;
}

export type Verdict = 'flat' | 'growing' | 'uncertain';

/**
 * `growing`: even the low bound is above what is allowed. `flat`: even the likeliest is within it. Between: a longer run
 * would tell.
 */
export function verdictOf({ median, change, low }: Trend, { share, least }: Allowance): Verdict {
  const allowed = Math.max(least, share * median);
  if (low > allowed) return 'growing';
  return change <= allowed ? 'flat' : 'uncertain';
}

function middle(sorted: readonly number[]): number {
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}
