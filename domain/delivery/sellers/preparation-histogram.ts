import { delayBin, delayOfBin } from '../../rollup/delay-bins.ts';

/** Counts of durations by bin (`domain/rollup/delay-bins.ts`): quantiles at most 2.5 % off, whatever is added. */
export class PreparationHistogram {
  private readonly counts: Map<number, number>;
  private total: number;

  /** @param counts as {@link entries} gave them */
  constructor(counts: Iterable<readonly [bin: number, count: number]> = []) {
    this.counts = new Map(counts);
    this.total = [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** How many durations are in it. */
  get count(): number {
    return this.total;
  }

  add(seconds: number): void {
    this.put(delayBin(seconds), 1);
  }

  addAll(other: PreparationHistogram): void {
    for (const [bin, count] of other.counts) this.put(bin, count);
  }

  /**
   * The p-quantile by nearest rank, in seconds; null while it is empty.
   *
   * @param p above 0, at most 1
   */
  quantile(p: number): number | null {
    const rank = Math.max(1, Math.ceil(p * this.total));
    let below = 0;
    for (const [bin, count] of this.entries()) {
      below += count;
      if (below >= rank) return delayOfBin(bin);
    }
    return null;
  }

  /** By ascending bin. */
  entries(): [bin: number, count: number][] {
    return [...this.counts].sort(([a], [b]) => a - b);
  }

  private put(bin: number, count: number): void {
    this.counts.set(bin, (this.counts.get(bin) ?? 0) + count);
    this.total += count;
  }
}
