import type { Deviations } from './targets.ts';

/** So many steps say how large a deviation was before something was done. */
const MOST = 3;

export type RecentStepsState = Record<string, [observed: number, expected: number][]>;

export interface Deviation {
  /** Null where nothing was expected. */
  ratio: number | null;
  /** Of the means of a step. */
  difference: number;
}

/** What the series of open incidents were like in their latest steps. */
export class RecentSteps {
  private steps: RecentStepsState = {};

  /** Remembers this step of these series, and forgets all others. */
  note(seriesKeys: Iterable<string>, deviations: Deviations): void {
    const kept: RecentStepsState = {};
    for (const key of seriesKeys) {
      const before = this.steps[key] ?? [];
      const { observed, expected } = deviations(key) ?? { observed: null, expected: null };
      const known = observed !== null && expected !== null;
      const steps = known ? [...before, [observed, expected] as [number, number]].slice(-MOST) : before;
      if (steps.length > 0) kept[key] = steps;
    }
    this.steps = kept;
  }

  of(seriesKey: string): Deviation | null {
    const steps = this.steps[seriesKey] ?? [];
    if (steps.length === 0) return null;
    const observed = steps.reduce((sum, [one]) => sum + one, 0) / steps.length;
    const expected = steps.reduce((sum, [, one]) => sum + one, 0) / steps.length;
    return { ratio: expected > 0 ? observed / expected : null, difference: observed - expected };
  }

  state(): RecentStepsState {
    return this.steps;
  }

  restore(state: RecentStepsState): void {
    this.steps = { ...state };
  }
}
