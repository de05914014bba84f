/** The finest combination of values of all dimensions, with what was observed of it and what was expected. */
export interface Leaf {
  /** One value for each dimension. */
  values: readonly string[];
  observed: number;
  expected: number;
}

/** A combination of values that is behind a deviation: every leaf in it deviates, and alike. */
export interface RootCause {
  /** Value by dimension; dimensions that are not named do not matter. */
  where: Readonly<Record<string, string>>;
  /** Sums over its leaves. */
  observed: number;
  expected: number;
  /** Of the whole deviation, expected less observed, the part that it explains. */
  share: number;
  /** How much shorter the data are told with it than without, in natural logarithms of likelihood. */
  gain: number;
}

/**
 * Relative deviation of a leaf, -2 (all of it unexpected) to 2 (nothing came): 2 (f - v) / (f + v), the score of Squeeze (Li et
 * al., 2019) and RiskLoc. Zero where nothing was expected and nothing came.
 */
export function deviationOf({ observed, expected }: Pick<Leaf, 'observed' | 'expected'>): number {
  const sum = expected + observed;
  return sum === 0 ? 0 : (2 * (expected - observed)) / sum;
}
