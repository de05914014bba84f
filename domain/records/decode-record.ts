import type { Buffer } from 'node:buffer';
import { decodeOrderEvent } from '../order/decode-event.ts';
import type { OrderEvent } from '../order/event.ts';
import type { Micros } from '../time/micros.ts';
import { type InputLimits, readJsonRecord } from './json-record.ts';
import { Rejection, type RejectionType } from './rejection.ts';

/** What became of the value of one Kafka record. */
export type DecodedRecord<Event> =
  | {
      kind: 'event';
      event: Event;
      /** The JSON text that goes into orders_raw. */
      text: string;
    }
  | { kind: 'rejected'; type: RejectionType; reason: string };

/** The same of a topic with records from which nothing follows: they are `passed`. */
export type DecodedMessage<Event> = DecodedRecord<Event> | { kind: 'passed' };

/** Bytes in, a typed event or the reason why not out. Never throws for bad input. */
export function decodeOrderRecord(
  value: Buffer | null,
  now: Micros,
  limits: InputLimits,
): DecodedRecord<OrderEvent> {
  return decodeJsonRecord(value, limits, (members) => decodeOrderEvent(members, now));
}

/**
 * The same for any topic of JSON objects.
 *
 * @param decode may throw a {@link Rejection}, nothing else for bad input
 */
export function decodeJsonRecord<Event>(
  value: Buffer | null,
  limits: InputLimits,
  decode: (members: Record<string, unknown>) => Event,
): DecodedRecord<Event> {
  try {
    const record = readJsonRecord(value, limits);
    return { kind: 'event', event: decode(record.object), text: record.text };
  } catch (error) {
    if (error instanceof Rejection) return { kind: 'rejected', type: error.type, reason: error.message };
    throw error;
  }
}

/** The same, where `decode` gives null for what nothing follows from. */
export function decodeJsonMessage<Event>(
  value: Buffer | null,
  limits: InputLimits,
  decode: (members: Record<string, unknown>) => Event | null,
): DecodedMessage<Event> {
  const decoded = decodeJsonRecord(value, limits, decode);
  if (decoded.kind === 'rejected') return decoded;
  const { event, text } = decoded;
  return event === null ? { kind: 'passed' } : { kind: 'event', event, text };
}
