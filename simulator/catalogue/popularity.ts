import type { Prng } from '../timing/prng.ts';

const EXPONENT = 0.6;
/** No product sells more than this many times the average: a hot head would trip the product-burst rule by itself. */
const HEAD_CAP = 4;

/** Chooses product indices by popularity: Zipf-like (exponent 0.6), with a capped head. */
export class Popularity {
  readonly #cumulative: Float64Array;

  /** Throws RangeError when `count` is not positive. */
  constructor(count: number) {
    if (!(count > 0)) throw new RangeError('popularity needs at least one product');
    const weights = Float64Array.from({ length: count }, (_, i) => (i + 1) ** -EXPONENT);
    const cap = (HEAD_CAP * weights.reduce((sum, weight) => sum + weight, 0)) / count;
    let sum = 0;
    this.#cumulative = weights.map((weight) => {
      sum += Math.min(weight, cap);
      return sum;
    });
  }

  pick(rng: Prng): number {
    const cumulative = this.#cumulative;
    const target = rng.next() * (cumulative[cumulative.length - 1] as number);
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) <= target) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
