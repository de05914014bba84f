import type { Micros } from '../time/micros.ts';

export const RIDER_TYPES = ['ONLINE', 'BUSY', 'OFFLINE'] as const;

export type RiderType = (typeof RIDER_TYPES)[number];

/**
 * How a rider is: waiting for an order (ONLINE), carrying one (BUSY), or not at work. Said at every change, and at least
 * every five minutes while at work, so that who is there can be counted over any five minutes.
 */
export interface RiderEvent {
  riderId: string;
  eventType: RiderType;
  occurredAt: Micros;
  eventId: string;
  /** Where the rider works. */
  region: string | null;
  /** Degrees. */
  latitude: number | null;
  longitude: number | null;
  /** When the producer sent it; no part of the event's identity. */
  producedAt: Micros | null;
  /** With rider and time the event's identity, as of an order event. */
  contentHash: number;
}
