import type { Micros } from '../time/micros.ts';

export const DELIVERY_TYPES = ['ASSIGNED', 'HANDED_OVER', 'IN_TRANSIT', 'DELIVERED', 'FAILED'] as const;

export type DeliveryType = (typeof DELIVERY_TYPES)[number];

/** Something that happened to an order on its way with a rider or carrier. */
export interface DeliveryEvent {
  orderId: string;
  eventType: DeliveryType;
  occurredAt: Micros;
  eventId: string;
  riderId: string | null;
  restaurantId: string | null;
  /** Where it is delivered. */
  region: string | null;
  promisedAt: Micros | null;
  /** FAILED: why. */
  reason: string | null;
  /** Of the route, in kilometres. */
  distanceKm: number | null;
  /** Time that routing plans for the route, in seconds. */
  routeSeconds: number | null;
  /** When the producer sent it; no part of the event's identity. */
  producedAt: Micros | null;
  /** With order and time the event's identity, as of an order event. */
  contentHash: number;
}
