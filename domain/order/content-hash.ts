import { hash } from 'node:crypto';
import type { Micros } from '../time/micros.ts';
import { FIELD_NAMES, type OrderFields } from './event.ts';
import type { OrderItem } from './items.ts';

const HEX_DIGITS_OF_52_BITS = 13;

/**
 * 52 bits of the SHA-1 over what an event says, except when it was produced.
 *
 * Two events of one order are the same fact when time, event_id and this agree. 52 bits are a safe integer; within one
 * order and one microsecond a collision by chance is out of the question, and one by intent harms only its own order.
 * Items take part only where there are any: the hashes of events that were stored before there were items stay the same.
 */
export function contentHash(content: {
  orderId: string;
  eventType: string;
  occurredAt: Micros;
  eventId: string;
  currentStatus: string | null;
  currentStage: string | null;
  reasonCode: string | null;
  fields: OrderFields;
}): number {
  const parts: unknown[] = [
    content.orderId,
    content.eventType,
    content.occurredAt,
    content.eventId,
    content.currentStatus,
    content.currentStage,
    content.reasonCode,
  ];
  for (const name of FIELD_NAMES) if (name !== 'items') parts.push(content.fields[name]);
  if (content.fields.items !== null) parts.push(content.fields.items.map(itemParts));
  return hashOfParts(parts);
}

function itemParts(item: OrderItem): readonly unknown[] {
  return [item.productId, item.sellerId, item.quantity, item.price, item.freight, item.handOverBy];
}

/** An event_id for an event that brings none: the same for every copy of it. */
export function derivedEventId(
  orderId: string,
  eventType: string,
  occurredAt: Micros,
  status: string | null,
): string {
  return `derived-${sha1(JSON.stringify([orderId, eventType, occurredAt, status])).slice(0, 24)}`;
}

/** 52 bits of the SHA-1 of what a fact of another topic says, in a fixed order. */
export function hashOfParts(parts: readonly unknown[]): number {
  return Number.parseInt(sha1(JSON.stringify(parts)).slice(0, HEX_DIGITS_OF_52_BITS), 16);
}

function sha1(text: string): string {
  return hash('sha1', text, 'hex');
}
