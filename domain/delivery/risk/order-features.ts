import { DAY, type Micros } from '../../time/micros.ts';
import { haversineKm } from '../geo.ts';
import type { FollowedOrder } from '../milestone.ts';

export type AssessmentMoment = 'APPROVAL' | 'HAND_OVER';

/** What is known of an order at a moment of its way; what is not known is null. */
export interface OrderFeatures {
  /** The moment, from which durations count. */
  at: Micros;
  promisedAt: Micros | null;
  /** What moves the duration in proportion. */
  numbers: readonly (number | null)[];
  /** What the order belongs to, in the order of {@link GROUPS}. */
  groups: readonly (string | null)[];
  /** HAND_OVER: how late it was handed over, -1 to 1 for five days; APPROVAL: how much time the seller has. */
  promptness: number | null;
  customerState: string | null;
  sellerState: string | null;
}

/** A group, and how many orders of its own the mean of all counts for. */
export interface Group {
  name: string;
  pseudoCount: number;
}

const PLACES: readonly Group[] = [
  { name: 'customer_state', pseudoCount: 8 },
  { name: 'seller_state', pseudoCount: 8 },
  { name: 'customer_zip', pseudoCount: 6 },
];

export const GROUPS: Readonly<Record<AssessmentMoment, readonly Group[]>> = {
  APPROVAL: [...PLACES, { name: 'seller', pseudoCount: 8 }],
  HAND_OVER: PLACES,
};

/** So many leading characters of a postal code name a region: a sectional centre, a sub-sector. */
const ZIP_PREFIX = 3;

/** Null when the order has not come to that moment. */
export function orderFeatures(order: FollowedOrder, moment: AssessmentMoment): OrderFeatures | null {
  const { from, to, lines, promisedAt, approvedAt, handedOverAt, sellerId } = order;
  const at = moment === 'APPROVAL' ? approvedAt : handedOverAt;
  if (at === null) return null;
  const distanceKm = haversineKm(from, to);
  const freight = lines.reduce((sum, line) => sum + (line.freight ?? 0), 0);
  const handOverBy = lines.find((line) => line.handOverBy !== null)?.handOverBy ?? null;
  const promptness = handOverBy === null ? null : clamp((at - handOverBy) / DAY / 5, -2, 1);
  const zip = to.zip === null ? null : zipPrefix(to.zip);
  const numbers = [
    distanceKm === null ? null : Math.log(distanceKm + 20),
    from.state === null || to.state === null ? null : Number(from.state === to.state),
    freight > 0 ? Math.log(freight) : null,
  ];
  const places = [to.state, from.state, zip];
  return {
    at,
    promisedAt,
    numbers: moment === 'APPROVAL' ? [...numbers, promptness] : numbers,
    groups: moment === 'APPROVAL' ? [...places, sellerId] : places,
    promptness,
    customerState: to.state,
    sellerState: from.state,
  };
}

/** In whole characters: half a surrogate pair can be kept in no database. */
function zipPrefix(zip: string): string {
  return [...zip].slice(0, ZIP_PREFIX).join('');
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
