import { Rejection } from '../../domain/records/rejection.ts';
import { readWatermark, type WatermarkSaid } from '../../domain/records/watermark.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { KafkaRecord } from './kafka-record.ts';

export const WATERMARK_HEADER = 'holdfast-watermark';

export type WatermarkRecord = WatermarkSaid | { kind: 'malformed'; reason: string };

/** What a record says of its partition's watermark; null for every other record. */
export function watermarkOf({ headers, value }: KafkaRecord, now: Micros): WatermarkRecord | null {
  if (!Object.hasOwn(headers, WATERMARK_HEADER)) return null;
  const header = headers[WATERMARK_HEADER];
  if (header === undefined || header === null || Array.isArray(header))
    return { kind: 'malformed', reason: `the header ${WATERMARK_HEADER} must have one value` };
  if (value !== null && value.length > 0)
    return {
      kind: 'malformed',
      reason: `a record with the header ${WATERMARK_HEADER} must have no value: send the event as a record of its own`,
    };
  try {
    return readWatermark(header.toString(), now);
  } catch (error) {
    if (error instanceof Rejection) return { kind: 'malformed', reason: error.message };
    throw error;
  }
}
