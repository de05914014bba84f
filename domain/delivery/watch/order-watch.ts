import type { Micros } from '../../time/micros.ts';
import type { FollowedOrder } from '../milestone.ts';

/** What an alert of an order on its way is about; each is raised at most once an order. */
export type Concern = 'PREPARATION' | 'TRANSIT' | 'RISK';

/** Where a limit comes from. */
export type LimitSource =
  /** The seller's own history, shrunk towards that of all sellers. */
  | 'seller'
  /** All sellers: this one has no history. */
  | 'all_sellers'
  /** The shortest limit there is, by setting. */
  | 'floor'
  /** What the seller promised; too little history of anybody. */
  | 'hand_over_by'
  /** A setting; nothing else is known. */
  | 'default'
  /** Earlier trips on such a route. */
  | 'route';

export interface Limit {
  /** From the beginning of the wait. */
  seconds: number;
  from: LimitSource;
  /** How many earlier cases it is made from; 0 for settings and promises. */
  cases: number;
}

/** An order that waits for its hand-over (since approval) or for its delivery (since hand-over). */
export interface OrderWatch {
  /** As it was known when the wait began. */
  order: FollowedOrder;
  waits: 'HAND_OVER' | 'DELIVERY';
  /** When the wait began. */
  since: Micros;
  /** Null: nothing to compare with. */
  limit: Limit | null;
  /** When the limit is reached; null without limit. */
  dueAt: Micros | null;
  /** The limit has been reached. */
  passed: boolean;
  /** Raised so far, in this wait or the one before: open, or over. */
  alerts: Partial<Record<Concern, 'open' | 'over'>>;
}
