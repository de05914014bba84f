import { CAUSES, type Cause } from '../causes/cause.ts';
import type { Micros } from '../time/micros.ts';

/** So many of the latest are remembered. */
const MOST = 50;
/** From so many on they say more than the policy. */
const ENOUGH = 3;

export interface Recovery {
  halfLife: Micros;
  /** How many incidents say so; 0: it is the policy's. */
  learntFrom: number;
  /** Median time that incidents of this cause took when nobody acted; null: there was none. */
  untreated: Micros | null;
}

export type RecoveryState = Partial<Record<Cause, Micros[]>>;

/** How long incidents of each cause take when nobody acts: those whose actions were rejected, expired, or dry runs. */
export class NaturalRecovery {
  private readonly durations = new Map<Cause, Micros[]>();

  /** @param took from when an action was decided on, which was not done, to the end of the incident */
  learn(cause: Cause, took: Micros): void {
    const known = this.durations.get(cause) ?? [];
    this.durations.set(cause, [...known, Math.max(0, took)].slice(-MOST));
  }

  /**
   * After the median time of an incident without action half of such deviations are within their bands. A deviation that
   * was noticed and has fallen to a quarter of its size is within its band, about: so its half-life is half of that time.
   *
   * @param otherwise the policy's half-life
   */
  of(cause: Cause | null, otherwise: Micros): Recovery {
    const known = cause === null ? [] : (this.durations.get(cause) ?? []);
    const untreated = known.length === 0 ? null : median(known);
    if (untreated === null || untreated === 0 || known.length < ENOUGH) {
      return { halfLife: otherwise, learntFrom: 0, untreated };
    }
    return { halfLife: untreated / 2, learntFrom: known.length, untreated };
  }

  state(): RecoveryState {
    return Object.fromEntries(this.durations);
  }

  restore(state: RecoveryState): void {
    this.durations.clear();
    for (const cause of CAUSES) if (state[cause] !== undefined) this.durations.set(cause, [...state[cause]]);
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
