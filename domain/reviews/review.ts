import type { Micros } from '../time/micros.ts';

/** What a customer said of an order; an order may be reviewed more than once. */
export interface Review {
  orderId: string;
  /** When the customer answered. */
  occurredAt: Micros;
  eventId: string;
  /** 1 (worst) to 5. */
  score: number;
  title: string | null;
  comment: string | null;
  /** When the producer sent it; no part of the review's identity. */
  producedAt: Micros | null;
  /** With order and time the review's identity, as of an order event. */
  contentHash: number;
}
