import { Buffer } from 'node:buffer';
import type { KafkaMessage } from 'kafkajs';
import { DAY, type Micros, YEAR_2000 } from '../../domain/time/micros.ts';

/** One message of a Kafka batch. */
export interface KafkaRecord {
  offset: number;
  /** Milliseconds since 1970, as Kafka gave it. */
  timestampMs: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: RecordHeaders;
}

/** A header's value may be null; a name that occurs more than once has an array. */
export type RecordHeaders = Readonly<Record<string, HeaderValue | HeaderValue[] | undefined>>;

type HeaderValue = Buffer | string | null;

/** A message as kafkajs hands it over. */
export function readMessage(message: KafkaMessage): KafkaRecord {
  return {
    offset: Number(message.offset),
    timestampMs: safeInteger(message.timestamp),
    key: message.key,
    value: message.value,
    headers: message.headers ?? {},
  };
}

/** Producers may send any 64-bit timestamp; beyond 2^53 a number does not print as the integer it was. */
function safeInteger(digits: string): number {
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number(digits), Number.MAX_SAFE_INTEGER));
}

/** The record's timestamp within [2000, now + 24 h]: rows are partitioned by it, and it can be anything. */
export function clampedTimestamp(timestampMs: number, now: Micros): Micros {
  return Math.max(YEAR_2000, Math.min(timestampMs * 1000, now + DAY));
}

/** Headers as they are stored: name to base64, null for no value, or an array of those. */
export type EncodedHeaders = Readonly<Record<string, EncodedValue | EncodedValue[]>>;

type EncodedValue = string | null;

export function encodeHeaders(headers: RecordHeaders): EncodedHeaders {
  const encoded: [name: string, EncodedValue | EncodedValue[]][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    // A header name is text of the producer's choice; jsonb takes no U+0000 and no half surrogates.
    const safeName = name.replaceAll('\u0000', '\uFFFD').toWellFormed();
    encoded.push([safeName, encodeValue(value)]);
  }
  // Not by assignment: a header may be called __proto__.
  return Object.fromEntries(encoded);
}

function encodeValue(value: HeaderValue | HeaderValue[]): EncodedValue | EncodedValue[] {
  if (!Array.isArray(value)) return base64(value);
  // For a header called like a member of every object (constructor, toString), kafkajs takes that for a first value.
  const own = value
    .filter((one) => one === null || typeof one === 'string' || Buffer.isBuffer(one))
    .map(base64);
  const [only] = own;
  return own.length === 1 && only !== undefined ? only : own;
}

function base64(value: HeaderValue): EncodedValue {
  return value === null ? null : Buffer.from(value as Buffer).toString('base64');
}

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Trace id of the `traceparent` header (W3C Trace Context), if there is a good one. */
export function traceIdOf(headers: RecordHeaders): string | null {
  const header = headers.traceparent;
  if (header === undefined || header === null || Array.isArray(header)) return null;
  return TRACEPARENT.exec(header.toString())?.[1] ?? null;
}
