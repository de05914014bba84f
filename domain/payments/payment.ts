import type { Micros } from '../time/micros.ts';

export const PAYMENT_TYPES = ['REGISTERED', 'APPROVED', 'FAILED', 'REFUND_REQUESTED', 'REFUNDED'] as const;

export type PaymentType = (typeof PAYMENT_TYPES)[number];

/** Something that happened to one payment of an order; an order may have several. */
export interface PaymentEvent {
  orderId: string;
  eventType: PaymentType;
  occurredAt: Micros;
  eventId: string;
  /** As the shop calls it: credit_card, boleto, voucher, ... */
  method: string | null;
  /** In `currency`. */
  amount: number | null;
  currency: string | null;
  installments: number | null;
  /** Of the order. */
  region: string | null;
  /** FAILED: error code of the payment service. */
  reason: string | null;
  /** When the producer sent it; no part of the event's identity. */
  producedAt: Micros | null;
  /** With order and time the event's identity, as of an order event. */
  contentHash: number;
}
