import { DAY, type Micros } from '../../time/micros.ts';

/** What is left of a weight of 1 after the time from `since` to `now`; 1 for a moment that is not later. */
export function decay(since: Micros, now: Micros, halfLifeDays: number): number {
  return now <= since ? 1 : 2 ** -((now - since) / DAY / halfLifeDays);
}
