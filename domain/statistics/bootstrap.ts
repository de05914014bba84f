import { uniform } from './uniform.ts';

export interface Interval {
  low: number;
  high: number;
}

const RESAMPLES = 1000;

/** A 95 % percentile interval of a figure (Efron, 1979), from resamples that are the same every time. */
export function bootstrapInterval<T>(
  sample: readonly T[],
  figure: (resample: readonly T[]) => number,
): Interval {
  const random = uniform(20_171_001);
  const figures: number[] = [];
  for (let round = 0; round < RESAMPLES; round += 1) {
    const value = figure(sample.map(() => sample[Math.floor(random() * sample.length)]!));
    if (Number.isFinite(value)) figures.push(value);
  }
  figures.sort((a, b) => a - b);
  const quantile = (p: number) => figures[Math.floor(p * (figures.length - 1))] ?? Number.NaN;
  return { low: quantile(0.025), high: quantile(0.975) };
}
