import { Buffer } from 'node:buffer';
import { DAY, type Micros, YEAR_2000 } from '../../domain/time/micros.ts';

/** One message of a Kafka batch. */
export interface KafkaRecord {
  offset: number;
  /** Milliseconds since 1970, as Kafka gave it. */
  timestampMs: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;
}

/** The record's timestamp within [2000, now + 24 h]: rows are partitioned by it, and it can be anything. */
export function clampedTimestamp(timestampMs: number, now: Micros): Micros {
  return Math.max(YEAR_2000, Math.min(timestampMs * 1000, now + DAY));
}

/** Headers as JSON: name to base64, or an array of them. */
export function encodeHeaders(headers: KafkaRecord['headers']): Record<string, string | string[]> {
  const encoded: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    // A header name is text of the producer's choice; jsonb takes no U+0000 and no half surrogates.
    const safeName = name.replaceAll('\u0000', '\uFFFD').toWellFormed();
    encoded[safeName] = Array.isArray(value) ? value.map(base64) : base64(value);
  }
  return encoded;
}

function base64(value: Buffer | string): string {
  return Buffer.from(value as Buffer).toString('base64');
}

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Trace id of the `traceparent` header (W3C Trace Context), if there is a good one. */
export function traceIdOf(headers: KafkaRecord['headers']): string | null {
  const header = headers.traceparent;
  if (header === undefined || Array.isArray(header)) return null;
  return TRACEPARENT.exec(header.toString())?.[1] ?? null;
}
