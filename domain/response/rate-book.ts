import { DAY, HOUR, type Micros } from '../time/micros.ts';
import type { ActionName } from './action.ts';
import type { RateLimits } from './policy.ts';

/** That something was decided on. */
export interface RateEntry {
  actionId: string;
  /** Event time at which it was sent; while it was not, at which it was decided on. */
  at: Micros;
  action: ActionName;
  target: string;
  /** Whether it was sent, or would have been; and not merely asked for. */
  executed: boolean;
}

/** What was done lately, for limits and cool-downs. All windows are (now - length, now]. */
export class RateBook {
  private readonly entries = new Map<string, RateEntry>();
  private readonly keep: Micros;

  /** @param keep the longest window that is asked for */
  constructor(keep: Micros) {
    this.keep = Math.max(keep, DAY);
  }

  note(entry: RateEntry): void {
    this.entries.set(entry.actionId, entry);
  }

  forgetBefore(now: Micros): void {
    for (const [id, { at }] of this.entries) if (at <= now - this.keep) this.entries.delete(id);
  }

  /** Whether one more would be beyond the limits; null: of all actions together. */
  isBeyond(limits: RateLimits, action: ActionName | null, now: Micros): boolean {
    const done = (since: Micros) => this.count(since, (one) => action === null || one.action === action);
    return (
      (limits.perHour !== null && done(now - HOUR) >= limits.perHour) ||
      (limits.perDay !== null && done(now - DAY) >= limits.perDay)
    );
  }

  doneToTarget(action: ActionName, target: string, now: Micros): number {
    return this.count(now - DAY, (one) => one.action === action && one.target === target);
  }

  /** Whether the same was decided on for the same target within this time, by whatever incident, and whatever became of it. */
  isCooling(action: ActionName, target: string, coolDown: Micros, now: Micros): boolean {
    for (const one of this.entries.values()) {
      if (one.action === action && one.target === target && one.at > now - coolDown) return true;
    }
    return false;
  }

  private count(since: Micros, matches: (one: RateEntry) => boolean): number {
    let count = 0;
    for (const one of this.entries.values()) {
      if (one.executed && one.at > since && matches(one)) count += 1;
    }
    return count;
  }
}
