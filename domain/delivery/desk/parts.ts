import type { Micros } from '../../time/micros.ts';
import type { FollowedOrder } from '../milestone.ts';
import type { RiskAssessment } from '../risk/lateness-model.ts';
import type { RouteEstimate, RouteQuery } from '../routes/route-book.ts';

/** What is known of lead times between places: a `RouteBook`. */
export interface Routes {
  observe(order: FollowedOrder): void;
  estimate(query: RouteQuery): RouteEstimate | null;
}

/** What says how probably an order is late: a `LatenessModel`. */
export interface Lateness {
  assess(order: FollowedOrder, moment: 'APPROVAL' | 'HAND_OVER'): RiskAssessment | null;
  learn(order: FollowedOrder): void;
  /** Calls for the same moment, and for moments between two others, change nothing. */
  advance(now: Micros): void;
}
