/** How two measures go together, over the pairs in which both are known. */
export interface Correlation {
  pairs: number;
  /** Linear, -1 to 1; null for fewer than two pairs, or where one measure never varies. */
  pearson: number | null;
  /** Of the ranks: any monotone relation, whatever its shape. */
  spearman: number | null;
}

/**
 * Pearson's product-moment coefficient, and Spearman's: Pearson's of the ranks, equal values sharing the mean of theirs
 * ("The proof and measurement of association between two things", American Journal of Psychology 15, 1904).
 */
export function correlation(pairs: readonly (readonly [x: number, y: number])[]): Correlation {
  const xs = pairs.map(([x]) => x);
  const ys = pairs.map(([, y]) => y);
  return {
    pairs: pairs.length,
    pearson: pearson(xs, ys),
    spearman: pearson(ranks(xs), ranks(ys)),
  };
}

function pearson(xs: readonly number[], ys: readonly number[]): number | null {
  const meanX = mean(xs);
  const meanY = mean(ys);
  let together = 0;
  let ofX = 0;
  let ofY = 0;
  for (const [index, x] of xs.entries()) {
    const dx = x - meanX;
    const dy = ys[index]! - meanY;
    together += dx * dy;
    ofX += dx * dx;
    ofY += dy * dy;
  }
  if (ofX === 0 || ofY === 0) return null;
  return Math.max(-1, Math.min(1, together / (Math.sqrt(ofX) * Math.sqrt(ofY))));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** From 1; equal values share the mean of their ranks. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const result = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]!.value === order[from]!.value) to += 1;
    for (const { index } of order.slice(from, to)) result[index] = (from + 1 + to) / 2;
    from = to;
  }
  return result;
}
