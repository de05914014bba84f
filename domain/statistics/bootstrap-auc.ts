import type { Interval } from './bootstrap.ts';
import type { Judged } from './classification.ts';
import { uniform } from './uniform.ts';

const RESAMPLES = 500;

/**
 * A 95 % percentile interval of the area under the ROC curve (Efron, 1979). Sorts once and counts how often each case is
 * drawn, which makes a resample of 20,000 cases a matter of half a millisecond instead of ten. Null when all happened, or
 * none.
 */
export function bootstrapAuc(judged: readonly Judged[]): Interval | null {
  const sorted = [...judged].sort((a, b) => a.score - b.score);
  if (sorted.every(({ happened }) => happened) || !sorted.some(({ happened }) => happened)) return null;
  const random = uniform(20_171_001);
  const drawn = new Uint16Array(sorted.length);
  const figures: number[] = [];
  for (let round = 0; round < RESAMPLES; round += 1) {
    drawn.fill(0);
    for (let i = 0; i < sorted.length; i += 1) drawn[Math.floor(random() * sorted.length)]! += 1;
    const auc = weightedAuc(sorted, drawn);
    if (!Number.isNaN(auc)) figures.push(auc);
  }
  figures.sort((a, b) => a - b);
  const quantile = (p: number) => figures[Math.floor(p * (figures.length - 1))]!;
  return { low: quantile(0.025), high: quantile(0.975) };
}

/** Pairs in the right order over all pairs, ties counting half; each case as often as it was drawn. */
function weightedAuc(sorted: readonly Judged[], drawn: Uint16Array): number {
  let [below, positive, right] = [0, 0, 0];
  for (let from = 0; from < sorted.length; ) {
    let [here, negative] = [0, 0];
    let to = from;
    for (; to < sorted.length && sorted[to]!.score === sorted[from]!.score; to += 1) {
      if (sorted[to]!.happened) here += drawn[to]!;
      else negative += drawn[to]!;
    }
    right += here * (below + negative / 2);
    below += negative;
    positive += here;
    from = to;
  }
  return right / (positive * below);
}
