import { derivedEventId, hashOfParts } from '../order/content-hash.ts';
import { checkEventTime } from '../records/event-time.ts';
import { count, identifier, money, oneOf, required, time } from '../records/typed-members.ts';
import type { Micros } from '../time/micros.ts';
import { PAYMENT_TYPES, type PaymentEvent } from './payment.ts';

/**
 * Reads the members of one record of topic `payments`.
 *
 * @param now the processor's clock, against which `occurred_at` is absurd when over 24 h ahead
 * @throws {Rejection} SCHEMA_MISSING or SCHEMA_INVALID with what is wrong
 */
export function decodePayment(members: Record<string, unknown>, now: Micros): PaymentEvent {
  const orderId = required(identifier(members, 'order_id'), 'order_id');
  const eventType = required(oneOf(members, 'event_type', PAYMENT_TYPES), 'event_type');
  const occurredAt = required(time(members, 'occurred_at'), 'occurred_at');
  checkEventTime(occurredAt, 'occurred_at', now);
  const eventId = identifier(members, 'event_id') ?? derivedEventId(orderId, eventType, occurredAt, null);
  const method = identifier(members, 'method');
  const amount = money(members, 'amount');
  const currency = identifier(members, 'currency');
  const installments = count(members, 'installments');
  const region = identifier(members, 'region');
  const reason = identifier(members, 'reason');
  return {
    orderId,
    eventType,
    occurredAt,
    eventId,
    method,
    amount,
    currency,
    installments,
    region,
    reason,
    producedAt: time(members, 'event_produced_at'),
    contentHash: hashOfParts([
      ...[orderId, eventType, occurredAt, eventId],
      ...[method, amount, currency, installments],
      // The hashes of payments that were stored before there were these stay the same.
      ...(region === null && reason === null ? [] : [region, reason]),
    ]),
  };
}
