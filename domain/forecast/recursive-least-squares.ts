/** How much of the weight of an observation is left one observation later. */
const FORGETTING = 0.9995;
/** Variance of the coefficients before anything was seen, over that of the noise. */
const PRIOR_VARIANCE = 10;
/** Where nothing is learnt any more about a coefficient, forgetting would let its variance grow without end. */
const LARGEST_TRACE_SHARE = 1;

/**
 * Linear regression that learns from one observation at a time and slowly forgets (Haykin, Adaptive Filter Theory, 4th ed.,
 * chapter 9). Begins with coefficients of 0. Constant memory: n + n * n numbers.
 */
export class RecursiveLeastSquares {
  readonly size: number;
  /** Coefficients, then the covariance by rows: all that is remembered. */
  private readonly memory: Float64Array;

  /** @param memory of {@link RecursiveLeastSquares.memorySize} numbers, zeros for a new one; written to in place */
  constructor(size: number, memory: Float64Array) {
    this.size = size;
    this.memory = memory;
    if (memory[size] === 0) for (let i = 0; i < size; i += 1) memory[size + i * size + i] = PRIOR_VARIANCE;
  }

  static memorySize(size: number): number {
    return size + size * size;
  }

  predict(x: ArrayLike<number>): number {
    let sum = 0;
    for (let i = 0; i < this.size; i += 1) sum += this.memory[i]! * x[i]!;
    return sum;
  }

  learn(x: ArrayLike<number>, y: number): void {
    const { size, memory } = this;
    const error = y - this.predict(x);
    const reach = new Float64Array(size);
    let spread = 0;
    for (let i = 0; i < size; i += 1) {
      let sum = 0;
      for (let j = 0; j < size; j += 1) sum += memory[size + i * size + j]! * x[j]!;
      reach[i] = sum;
      spread += x[i]! * sum;
    }
    const scale = 1 / (FORGETTING + spread);
    for (let i = 0; i < size; i += 1) memory[i]! += reach[i]! * scale * error;
    let trace = 0;
    for (let i = 0; i < size; i += 1) {
      for (let j = 0; j <= i; j += 1) {
        const value = memory[size + i * size + j]! - reach[i]! * reach[j]! * scale;
        memory[size + i * size + j] = value;
        memory[size + j * size + i] = value;
      }
      trace += memory[size + i * size + i]!;
    }
    if (trace / FORGETTING > LARGEST_TRACE_SHARE * PRIOR_VARIANCE * size) return;
    for (let i = size; i < memory.length; i += 1) memory[i]! /= FORGETTING;
  }
}
