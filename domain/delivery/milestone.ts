import type { Micros } from '../time/micros.ts';

/** What happens to an order on its way, as far as delivery is concerned. REVIEWED may come more than once. */
export type MilestoneKind = 'CREATED' | 'APPROVED' | 'HANDED_OVER' | 'DELIVERED' | 'CANCELED' | 'REVIEWED';

/** One product of an order, as sold by one seller. */
export interface OrderLine {
  productId: string;
  sellerId: string | null;
  /** Pieces. */
  quantity: number;
  /** Of one piece, in the currency of the order. */
  price: number | null;
  /** Of the line. */
  freight: number | null;
  /** Until when the seller promised to hand it over to the carrier. */
  handOverBy: Micros | null;
  category: string | null;
  /** Of one piece, in grams. */
  weightG: number | null;
  /** Of one piece, in cubic centimetres. */
  volumeCm3: number | null;
}

/** Where something is; what is not known of it is null. */
export interface Place {
  zip: string | null;
  city: string | null;
  state: string | null;
  /** Degrees. */
  latitude: number | null;
  longitude: number | null;
}

/** An order as it is known at the moment of a milestone: nothing in it is of a later time. */
export interface FollowedOrder {
  orderId: string;
  /** Seller of the first line. */
  sellerId: string | null;
  /** At least one, the order's own product where its events name no lines; empty when it has no product. */
  lines: readonly OrderLine[];
  /** Of the whole order. */
  amount: number | null;
  region: string | null;
  from: Place;
  to: Place;
  promisedAt: Micros | null;
  createdAt: Micros | null;
  approvedAt: Micros | null;
  handedOverAt: Micros | null;
  deliveredAt: Micros | null;
  canceledAt: Micros | null;
}

/** Milestones are followed in the order of (at, orderId, rank of kind). */
export interface Milestone {
  kind: MilestoneKind;
  at: Micros;
  order: FollowedOrder;
  /** REVIEWED: 1 to 5; null for the others. */
  score: number | null;
}
