import type { Micros } from '../time/micros.ts';

export const RESTAURANT_TYPES = [
  'ACCEPTED',
  'REFUSED',
  'PREP_STARTED',
  'READY',
  'OPEN',
  'CLOSED',
  'HEARTBEAT',
] as const;

export type RestaurantType = (typeof RESTAURANT_TYPES)[number];

export const REFUSAL_REASONS = ['INGREDIENTS_OUT', 'STAFF_SHORT', 'SYSTEM_ERROR', 'OTHER'] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** What a restaurant, or any merchant, says: of an order, of its opening, or that its system is there (HEARTBEAT). */
export interface RestaurantEvent {
  restaurantId: string;
  eventType: RestaurantType;
  occurredAt: Micros;
  eventId: string;
  /** ACCEPTED, REFUSED, PREP_STARTED, READY: of which order. */
  orderId: string | null;
  region: string | null;
  /** REFUSED: why. */
  reason: RefusalReason | null;
  /** Milliseconds. ACCEPTED, REFUSED: until it answered; HEARTBEAT: until its system did. */
  latencyMs: number | null;
  /** READY: how long the order took to prepare, in seconds. */
  prepSeconds: number | null;
  /** When the producer sent it; no part of the event's identity. */
  producedAt: Micros | null;
  /** With restaurant and time the event's identity, as of an order event. */
  contentHash: number;
}
