import { oracle } from './oracle.ts';
import {
  type Catalogue,
  CONTRACT_THRESHOLDS,
  type KafkaRecord,
  type Micros,
  type OracleOutput,
} from './types.ts';

/** Midnight; the times of examples are microseconds after it. */
export const MIDNIGHT: Micros = Date.parse('2026-03-02T00:00:00Z') * 1000;

const DAY = 86_400_000_000;

/** A message of order o1 (or of `order_id`) at a time after midnight. */
export function said(
  event_type: string,
  at: Micros,
  members: Record<string, unknown> = {},
): Record<string, unknown> {
  const millis = Math.floor((MIDNIGHT + at) / 1000);
  const micros = String(at % 1000).padStart(3, '0');
  const occurred_at = new Date(millis).toISOString().replace('Z', `${micros}Z`);
  return { order_id: 'o1', event_type, occurred_at, ...members };
}

/** A complete ORDER_CREATED. */
export function created(
  order_id: string,
  at: Micros,
  members: Record<string, unknown> = {},
): Record<string, unknown> {
  const order = { order_id, user_id: 'u1', product_id: 'p1', shipping_address: '12 Long Street' };
  return said('ORDER_CREATED', at, { ...order, ...members });
}

/** The record of a message, in Kafka the moment it occurred. */
export function recordOf(
  message: Record<string, unknown> | Buffer | null,
  offset: number,
  delayMs = 0,
): KafkaRecord {
  const isBytes = message === null || Buffer.isBuffer(message);
  const value = isBytes ? message : Buffer.from(JSON.stringify(message));
  const occurred = isBytes ? MIDNIGHT / 1000 : Date.parse(String(message.occurred_at));
  return { topic: 'orders', partition: 0, offset, kafkaTimestampMs: occurred + delayMs, value };
}

/** What the oracle says of these messages. */
export function oracleOf(
  messages: readonly Record<string, unknown>[],
  catalogue: Catalogue = new Map(),
): OracleOutput {
  return oracleOfRecords(
    messages.map((one, offset) => recordOf(one, offset)),
    catalogue,
  );
}

export function oracleOfRecords(
  records: readonly KafkaRecord[],
  catalogue: Catalogue = new Map(),
): OracleOutput {
  return oracle({ records, catalogue, thresholds: CONTRACT_THRESHOLDS, now: MIDNIGHT + 5 * DAY });
}

/** Microseconds after midnight. */
export function sinceMidnight(at: Micros | null | undefined): Micros | null {
  return at === null || at === undefined ? null : at - MIDNIGHT;
}
