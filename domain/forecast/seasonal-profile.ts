/** How far an observation moves the mean of its step of the week, once a few are known. */
const GAIN = 0.2;
/** The same for the step of the day, which a week has seven of. */
const DAY_GAIN = 0.1;
/** In the unit of the values, logarithms: a holiday must not become the profile. */
const LARGEST_INNOVATION = 0.7;

/** Means of a series by step of the week; of the day for steps of the week that have not been seen yet. Constant memory. */
export class SeasonalProfile {
  private readonly perDay: number;
  private readonly perWeek: number;
  private readonly means: Float64Array;
  private readonly seen: Float64Array;
  private readonly dayMeans: Float64Array;
  private readonly daySeen: Float64Array;
  /** [mean, observations]. */
  private readonly all: Float64Array;

  /** @param memory of {@link SeasonalProfile.memorySize} numbers, zeros for a new one; written to in place */
  constructor(perDay: number, memory: Float64Array) {
    this.perDay = perDay;
    this.perWeek = 7 * perDay;
    const cut = [this.perWeek, this.perWeek, perDay, perDay, 2];
    let from = 0;
    [this.means, this.seen, this.dayMeans, this.daySeen, this.all] = cut.map((length) => {
      from += length;
      return memory.subarray(from - length, from);
    }) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  }

  static memorySize(perDay: number): number {
    return 16 * perDay + 2;
  }

  /** What is usual in a step; NaN before anything was seen. */
  at(step: number): number {
    const ofWeek = step % this.perWeek;
    if (this.seen[ofWeek]! > 0) return this.means[ofWeek]!;
    const ofDay = step % this.perDay;
    if (this.daySeen[ofDay]! > 0) return this.dayMeans[ofDay]!;
    return this.all[1]! > 0 ? this.all[0]! : Number.NaN;
  }

  learn(step: number, y: number): void {
    move(this.means, this.seen, step % this.perWeek, y, GAIN);
    move(this.dayMeans, this.daySeen, step % this.perDay, y, DAY_GAIN);
    this.all[1]! += 1;
    this.all[0]! += (y - this.all[0]!) / Math.min(this.all[1]!, this.perWeek);
  }
}

function move(means: Float64Array, seen: Float64Array, index: number, y: number, gain: number): void {
  const times = seen[index]! + 1;
  const innovation = y - means[index]!;
  const clipped = Math.max(-LARGEST_INNOVATION, Math.min(LARGEST_INNOVATION, innovation));
  means[index]! += times === 1 ? innovation : Math.max(gain, 1 / times) * clipped;
  seen[index] = times;
}
