/** Share of the spread by which a quantile moves; falls towards the second as more is seen. */
const FIRST_STEP = 0.5;
const LAST_STEP = 0.01;

/** [quantile, observations, mean absolute value]. */
export const TRACKER_MEMORY = 3;

/**
 * A quantile of what was seen lately, in three numbers: each value moves it by the gradient of the pinball loss, so that in
 * the long run the share below it is right whatever the distribution does (Gibbs and Candès, Adaptive conformal inference
 * under distribution shift, 2021).
 */
export class QuantileTracker {
  private readonly share: number;
  private readonly memory: Float64Array;

  /**
   * @param share of values below the quantile
   * @param first the quantile before anything was seen
   * @param memory of {@link TRACKER_MEMORY} numbers, zeros for a new one; written to in place
   */
  constructor(share: number, first: number, memory: Float64Array) {
    this.share = share;
    this.memory = memory;
    if (memory[1] === 0) memory[0] = first;
  }

  get value(): number {
    return this.memory[0]!;
  }

  observe(value: number): void {
    const { memory, share } = this;
    memory[1]! += 1;
    memory[2]! += (Math.abs(value) - memory[2]!) / Math.min(memory[1]!, 200);
    const step = memory[2]! * Math.max(LAST_STEP, FIRST_STEP / Math.sqrt(memory[1]!));
    memory[0]! += value > memory[0]! ? step * share : -step * (1 - share);
  }
}
