/** What hits, misses and false alarms count in the Numenta Anomaly Benchmark (NAB 1.1, config/profiles.json). */
export interface ScoringProfile {
  name: string;
  truePositive: number;
  falsePositive: number;
  falseNegative: number;
}

export const PROFILES: readonly ScoringProfile[] = [
  { name: 'standard', truePositive: 1, falsePositive: 0.11, falseNegative: 1 },
  { name: 'low FP', truePositive: 1, falsePositive: 0.22, falseNegative: 1 },
  { name: 'low FN', truePositive: 1, falsePositive: 0.11, falseNegative: 2 },
];

/** Published for the whole corpus: the benchmark's own table, and for ARTime the one of its paper. Null: not stated. */
export const PUBLISHED: readonly { detector: string; scores: readonly (number | null)[] }[] = [
  { detector: 'perfect', scores: [100, 100, 100] },
  { detector: 'ARTime', scores: [74.9, 65.1, 80.4] },
  { detector: 'Numenta HTM', scores: [70.5, 62.6, 75.2] },
  { detector: 'CAD OSE', scores: [69.9, 67.0, 73.2] },
  { detector: 'earthgecko Skyline', scores: [58.2, null, null] },
  { detector: 'KNN-CAD', scores: [58.0, null, null] },
  { detector: 'Relative entropy', scores: [54.6, null, null] },
  { detector: 'Random cut forest', scores: [51.7, null, null] },
  { detector: 'Twitter ADVec', scores: [47.1, null, null] },
  { detector: 'Windowed Gaussian', scores: [39.6, null, null] },
  { detector: 'random', scores: [11.0, null, null] },
];
