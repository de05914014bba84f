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
  const random = generator(20_171_001);
  const figures: number[] = [];
  for (let round = 0; round < RESAMPLES; round += 1) {
    const value = figure(sample.map(() => sample[Math.floor(random() * sample.length)]!));
    if (Number.isFinite(value)) figures.push(value);
  }
  figures.sort((a, b) => a - b);
  const quantile = (p: number) => figures[Math.floor(p * (figures.length - 1))] ?? Number.NaN;
  return { low: quantile(0.025), high: quantile(0.975) };
}

/** mulberry32 (Tommy Ettinger, public domain): uniform in [0, 1). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
