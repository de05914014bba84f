import { hash } from 'node:crypto';
import type { Micros } from '../time/micros.ts';
import { FIELD_NAMES, type OrderFields } from './event.ts';

const HEX_DIGITS_OF_52_BITS = 13;

/**
 * 52 bits of the SHA-1 over what an event says, except when it was produced.
 *
 * Two events of one order are the same fact when time, event_id and this agree. 52 bits are a safe integer; within one
 * order and one microsecond a collision by chance is out of the question, and one by intent harms only its own order.
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
  const parts: (string | number | null)[] = [
    content.orderId,
    content.eventType,
    content.occurredAt,
    content.eventId,
    content.currentStatus,
    content.currentStage,
    content.reasonCode,
  ];
  for (const name of FIELD_NAMES) parts.push(content.fields[name]);
  return hash52(JSON.stringify(parts));
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

function hash52(text: string): number {
  return Number.parseInt(sha1(text).slice(0, HEX_DIGITS_OF_52_BITS), 16);
}

function sha1(text: string): string {
  return hash('sha1', text, 'hex');
}
