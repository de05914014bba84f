import type { Micros } from '../../time/micros.ts';
import { decay } from './decay.ts';

/** Decayed number of orders, decayed sum of what they deviate by, and the moment of both. */
export type GroupSum = [weight: number, sum: number, at: Micros];

/** Half of what a group did is forgotten after so long. */
const HALF_LIFE_DAYS = 120;

/** By how much the orders of each group (a state, a seller) deviate from the rest, shrunk towards nothing. */
export class GroupEffects {
  private readonly sums = new Map<string, GroupSum>();
  private readonly pseudoCount: number;

  constructor(pseudoCount: number) {
    this.pseudoCount = pseudoCount;
  }

  /** 0 for a group that nothing is known of. */
  effect(group: string | null, now: Micros): number {
    const known = group === null ? undefined : this.sums.get(group);
    if (known === undefined) return 0;
    const [weight, sum, at] = known;
    const left = decay(at, now, HALF_LIFE_DAYS);
    return (sum * left) / (weight * left + this.pseudoCount);
  }

  learn(group: string | null, deviation: number, now: Micros): void {
    if (group === null) return;
    const [weight, sum, at] = this.sums.get(group) ?? [0, 0, now];
    const left = decay(at, now, HALF_LIFE_DAYS);
    this.sums.set(group, [weight * left + 1, sum * left + deviation, Math.max(at, now)]);
  }

  entries(): [string, GroupSum][] {
    return [...this.sums];
  }

  restore(entries: Iterable<[string, GroupSum]>): void {
    for (const [group, sum] of entries) this.sums.set(group, sum);
  }
}
