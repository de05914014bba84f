import type { ScoringProfile } from './profiles.ts';

/** A file of the corpus, with what a detector said of each of its rows. */
export interface ScoredFile {
  scores: readonly number[];
  /** First and last row of each window in which an anomaly is labelled; in order, not overlapping. */
  windows: readonly Rows[];
}

export interface Rows {
  first: number;
  last: number;
}

export interface CorpusScore {
  /** 0: as good as saying nothing; 100: every anomaly at the start of its window and no false alarm. */
  score: number;
  /** The best threshold, one for all files. */
  threshold: number;
}

/** Rows before that are for learning: 15 %, of at most 5,000 rows. */
export function probation(rows: number): number {
  return Math.floor(0.15 * Math.min(rows, 5000));
}

/** NAB's scaled sigmoid: near 1 at the start of a window (-1), 0 at its end, -1 far behind it. */
export function scaledSigmoid(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

/** The score over all files at the threshold that is best for the profile (Lavin and Ahmad 2015; NAB 1.1, sweeper.py). */
export function scoreCorpus(files: readonly ScoredFile[], profile: ScoringProfile): CorpusScore {
  const windows = files.flatMap((file) => file.windows);
  const points = files
    .flatMap((file) => pointsOf(file, profile))
    .sort((a, b) => b.anomalyScore - a.anomalyScore);
  const { truePositive, falseNegative } = profile;
  const nothing = -falseNegative * windows.length;
  const perfect = truePositive * windows.length;
  let best = { total: nothing, threshold: 1.1 };
  let total = nothing;
  const rewards = new Map<Rows, number>();
  for (const [i, point] of points.entries()) {
    if (point.window === null) {
      total += point.worth;
    } else {
      const before = rewards.get(point.window) ?? -falseNegative;
      const after = Math.max(before, point.worth);
      rewards.set(point.window, after);
      total += after - before;
    }
    // Points with the same score are above the same thresholds.
    if (points[i + 1]?.anomalyScore === point.anomalyScore) continue;
    if (total > best.total) best = { total, threshold: point.anomalyScore };
  }
  return { score: (100 * (best.total - nothing)) / (perfect - nothing), threshold: best.threshold };
}

interface SweptPoint {
  anomalyScore: number;
  /** What it adds if it is called an anomaly: a reward within a window, of which the best counts, or a cost. */
  worth: number;
  window: Rows | null;
}

function pointsOf({ scores, windows }: ScoredFile, profile: ScoringProfile): SweptPoint[] {
  const points: SweptPoint[] = [];
  const start = probation(scores.length);
  let next = 0;
  let passed: Rows | null = null;
  for (const [row, anomalyScore] of scores.entries()) {
    while (next < windows.length && windows[next]!.last < row) {
      passed = windows[next]!;
      next += 1;
    }
    if (row < start) continue;
    const candidate = windows[next];
    const window = candidate !== undefined && candidate.first <= row ? candidate : null;
    const worth = window === null ? cost(row, passed, profile) : reward(row, window, profile);
    points.push({ anomalyScore, worth, window });
  }
  return points;
}

function reward(row: number, { first, last }: Rows, { truePositive }: ScoringProfile): number {
  const position = -(last - row + 1) / (last - first + 1);
  return (scaledSigmoid(position) * truePositive) / scaledSigmoid(-1);
}

function cost(row: number, passed: Rows | null, { falsePositive }: ScoringProfile): number {
  if (passed === null) return -falsePositive;
  return scaledSigmoid((row - passed.last) / (passed.last - passed.first)) * falsePositive;
}
