import type { Micros } from '../time/micros.ts';
import type { NamedPoint } from './points-of-step.ts';

/** Refusals of one step that gave one reason. */
export interface RefusalCount {
  restaurant: string;
  region: string;
  /** INGREDIENTS_OUT, STAFF_SHORT, SYSTEM_ERROR, OTHER. */
  reason: string;
  count: number;
}

/** What is known of one step. Series that said nothing in it are not in it: what that means depends on their kind. */
export interface StepData {
  from: Micros;
  /** End of the step, which is not part of it. */
  to: Micros;
  points: readonly NamedPoint[];
  /** By restaurant and reason; without a reason it is OTHER. */
  refusals: readonly RefusalCount[];
  /** Region by restaurant, of those that said one in this step. */
  restaurants: ReadonlyMap<string, string>;
  /** Whether a restaurant is open after this step, of those that opened or closed in it. */
  doors: ReadonlyMap<string, boolean>;
}
