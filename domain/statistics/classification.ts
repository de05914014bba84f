/** A prediction and what came of it. */
export interface Judged {
  /** The higher, the more probable; a probability where calibration is asked for. */
  score: number;
  happened: boolean;
}

/**
 * Area under the receiver operating characteristic: the probability that one that happened scores higher than one that did not, ties
 * counting half (Mann-Whitney U). Not a number when all happened, or none.
 */
export function rocAuc(judged: readonly Judged[]): number {
  const sorted = [...judged].sort((a, b) => a.score - b.score);
  let ranks = 0;
  let positive = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]!.score === sorted[from]!.score) to += 1;
    const rank = (from + 1 + to) / 2;
    for (let i = from; i < to; i += 1) {
      if (!sorted[i]!.happened) continue;
      positive += 1;
      ranks += rank;
    }
    from = to;
  }
  return (ranks - (positive * (positive + 1)) / 2) / (positive * (sorted.length - positive));
}

/** Mean precision over what happened, taken at each threshold: the sum of precision x gain in recall; ties go together. */
export function averagePrecision(judged: readonly Judged[]): number {
  const sorted = [...judged].sort((a, b) => b.score - a.score);
  let found = 0;
  let sum = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    let gained = 0;
    while (to < sorted.length && sorted[to]!.score === sorted[from]!.score) {
      if (sorted[to]!.happened) gained += 1;
      to += 1;
    }
    found += gained;
    sum += gained * (found / to);
    from = to;
  }
  return sum / found;
}

/** Mean squared error of probabilities (Brier, 1950). */
export function brierScore(judged: readonly Judged[]): number {
  return (
    judged.reduce((sum, { score, happened }) => sum + (score - Number(happened)) ** 2, 0) / judged.length
  );
}

export interface ReliabilityBin {
  cases: number;
  /** Mean predicted probability. */
  predicted: number;
  /** Share that happened. */
  observed: number;
}

/** Bins of equally many orders, from the least to the most probable. */
export function reliability(judged: readonly Judged[], bins = 10): ReliabilityBin[] {
  const sorted = [...judged].sort((a, b) => a.score - b.score);
  return Array.from({ length: bins }, (_, bin) => {
    const part = sorted.slice(
      Math.floor((bin * sorted.length) / bins),
      Math.floor(((bin + 1) * sorted.length) / bins),
    );
    return {
      cases: part.length,
      predicted: part.reduce((sum, { score }) => sum + score, 0) / part.length,
      observed: part.filter(({ happened }) => happened).length / part.length,
    };
  }).filter(({ cases }) => cases > 0);
}

/** Expected calibration error: mean distance of predicted and observed over the bins, by orders. */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const cases = bins.reduce((sum, bin) => sum + bin.cases, 0);
  return bins.reduce((sum, bin) => sum + bin.cases * Math.abs(bin.predicted - bin.observed), 0) / cases;
}

/** False and true positive rate at each threshold, from the strictest. */
export function rocCurve(judged: readonly Judged[]): [falseRate: number, trueRate: number][] {
  const sorted = [...judged].sort((a, b) => b.score - a.score);
  const positive = judged.filter((one) => one.happened).length;
  const points: [number, number][] = [[0, 0]];
  let found = 0;
  for (const [i, one] of sorted.entries()) {
    if (one.happened) found += 1;
    if (sorted[i + 1]?.score === one.score) continue;
    points.push([(i + 1 - found) / (judged.length - positive), found / positive]);
  }
  return points;
}
