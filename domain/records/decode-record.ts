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

/** Bytes in, a typed event or the reason why not out. Never throws for bad input. */
export function decodeOrderRecord(
  value: Buffer | null,
  now: Micros,
  limits: InputLimits,
): DecodedRecord<OrderEvent> {
  try {
    const record = readJsonRecord(value, limits);
    return { kind: 'event', event: decodeOrderEvent(record.object, now), text: record.text };
  } catch (error) {
    if (error instanceof Rejection) return { kind: 'rejected', type: error.type, reason: error.message };
    throw error;
  }
}
