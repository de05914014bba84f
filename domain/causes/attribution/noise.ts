/** Normal quantile 0.75: the median of |x| of a normal distribution is this many standard deviations. */
const MEDIAN_OF_NORMAL = 0.6745;

/** A forecast is never better than this. */
const LEAST_NOISE = 0.01;

/** A side with fewer of the leaves says nothing of the noise. */
const LEAST_SIDE = 0.1;

/**
 * Standard deviation of the forecast error of leaves that are as ever. What is wrong pulls deviations to one side, over half
 * of them at times; the other side is noise alone.
 *
 * @param deviations of leaves in which something was expected or came
 */
export function noiseOf(deviations: readonly number[]): number {
  const sides = [deviations.filter((d) => d >= 0), deviations.filter((d) => d <= 0).map((d) => -d)];
  let least = Number.POSITIVE_INFINITY;
  for (const side of sides) {
    if (side.length < LEAST_SIDE * deviations.length) continue;
    least = Math.min(least, median(side) / MEDIAN_OF_NORMAL);
  }
  return Math.max(LEAST_NOISE, Number.isFinite(least) ? least : 0);
}

export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
