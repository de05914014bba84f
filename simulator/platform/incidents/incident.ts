import type { Cause } from '../../../domain/causes/cause.ts';
import type { RefusalReason } from '../../../domain/platform/restaurant-event.ts';
import type { Micros } from '../../../domain/time/micros.ts';

/**
 * What can go wrong, and what its strength means.
 *
 * - `RIDERS_SHORT`: share of a district's riders that are not there.
 * - `RESTAURANT_OUTAGE`: the system of a restaurant is down; of a district: of that share of its restaurants.
 * - `REFUSALS`: probability that a restaurant refuses an order, for one reason; of a district: each of its restaurants.
 * - `PAYMENT_ERROR`: probability that a payment by one method fails.
 * - `WEATHER`: severity, 0 to 1; slows riders, keeps some of them at home, and makes people order.
 * - `TRAFFIC`: factor on the time on the road.
 * - `PREPARATION_DELAY`: factor on a restaurant's preparation.
 * - `ROUTING`: factor on the length of the routes that are planned.
 * - `DEMAND_SURGE`: factor on the demand of a district.
 * - `DEMAND_DROP`: share of a district's demand that stays away, for no reason that could be seen.
 */
export const SUDDEN_KINDS = [
  'RIDERS_SHORT',
  'RESTAURANT_OUTAGE',
  'REFUSALS',
  'PAYMENT_ERROR',
  'WEATHER',
  'TRAFFIC',
  'PREPARATION_DELAY',
  'ROUTING',
  'DEMAND_SURGE',
  'DEMAND_DROP',
] as const;

/**
 * All of them. What comes slowly is nothing for a detector of the unusual, and does not happen by chance:
 *
 * - `CUSTOMERS_LEAVE`: share of a district's customers who turn away in its time, one by one, and then order less and less.
 */
export const INCIDENT_KINDS = [...SUDDEN_KINDS, 'CUSTOMERS_LEAVE'] as const;

export type SuddenKind = (typeof SUDDEN_KINDS)[number];

export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** Something that went wrong, or will: the ground truth. */
export interface InjectedIncident {
  incidentId: string;
  kind: IncidentKind;
  /** Null: all districts. */
  region: string | null;
  restaurant: string | null;
  method: string | null;
  /** REFUSALS: why. */
  reason: RefusalReason | null;
  from: Micros;
  /** When it ends; operations that are told may end it earlier. */
  to: Micros;
  /** What it means depends on the kind. */
  strength: number;
}

export const PAYMENT_METHODS = ['card', 'kakao_pay', 'naver_pay', 'transfer'] as const;

/** Least, ordinary and greatest strength of a kind. */
export const STRENGTHS: Readonly<Record<IncidentKind, { least: number; usual: number; most: number }>> = {
  RIDERS_SHORT: { least: 0.1, usual: 0.75, most: 1 },
  RESTAURANT_OUTAGE: { least: 0.05, usual: 0.8, most: 1 },
  REFUSALS: { least: 0.05, usual: 0.5, most: 1 },
  PAYMENT_ERROR: { least: 0.05, usual: 0.6, most: 1 },
  WEATHER: { least: 0.1, usual: 0.8, most: 1 },
  TRAFFIC: { least: 1.1, usual: 2, most: 5 },
  PREPARATION_DELAY: { least: 1.1, usual: 2.5, most: 6 },
  ROUTING: { least: 1.1, usual: 2, most: 5 },
  DEMAND_SURGE: { least: 1.1, usual: 2, most: 10 },
  DEMAND_DROP: { least: 0.1, usual: 0.6, most: 1 },
  CUSTOMERS_LEAVE: { least: 0.05, usual: 0.4, most: 0.9 },
};

const CAUSES: Readonly<Record<Exclude<IncidentKind, 'REFUSALS'>, Cause>> = {
  RIDERS_SHORT: 'RIDERS_SHORT',
  RESTAURANT_OUTAGE: 'RESTAURANT_OUTAGE',
  PAYMENT_ERROR: 'PAYMENT_METHOD',
  WEATHER: 'WEATHER',
  TRAFFIC: 'TRAFFIC',
  PREPARATION_DELAY: 'PREPARATION',
  ROUTING: 'ROUTING',
  DEMAND_SURGE: 'DEMAND_SURGE',
  DEMAND_DROP: 'UNKNOWN',
  CUSTOMERS_LEAVE: 'UNKNOWN',
};

const REFUSAL_CAUSES: Readonly<Record<RefusalReason, Cause>> = {
  INGREDIENTS_OUT: 'REFUSALS_INGREDIENTS',
  STAFF_SHORT: 'REFUSALS_STAFF',
  SYSTEM_ERROR: 'REFUSALS_SYSTEM',
  OTHER: 'REFUSALS_OTHER',
};

/** The cause that somebody who looks for it should find. */
export function causeOf({ kind, reason }: Pick<InjectedIncident, 'kind' | 'reason'>): Cause {
  return kind === 'REFUSALS' ? REFUSAL_CAUSES[reason ?? 'OTHER'] : CAUSES[kind];
}
