import { Buffer } from 'node:buffer';
import type { DecodedMessage } from '../../domain/records/decode-record.ts';
import { type WatermarkMove, type WatermarkSaid, WatermarkTrack } from '../../domain/records/watermark.ts';
import { delayBin } from '../../domain/rollup/delay-bins.ts';
import { DAY, type Micros } from '../../domain/time/micros.ts';
import { isAvro } from '../../platform/avro/wire-format.ts';
import { type RetriedRecord, retryActionOf } from '../commands/retry-header.ts';
import type { RejectedRecord } from '../sql/insert-rejected.ts';
import type { AcceptedRecord, TopicHandler } from '../topics/topic-handler.ts';
import { type BatchReaders, decodeAvro, NO_READERS } from './avro-value.ts';
import { clampedTimestamp, encodeHeaders, type KafkaRecord, traceIdOf } from './kafka-record.ts';
import { watermarkOf } from './watermark-header.ts';

/** A batch of one partition, read. Records that ask for nothing are in none of its lists. */
export interface DecodedBatch {
  accepted: AcceptedRecord<unknown>[];
  rejected: RejectedRecord[];
  /** Those, of both, that say they were sent again for an action. */
  retried: RetriedRecord[];
  /** JSON array for `insertRaw`, in UTF-8 and in pieces. */
  rawRows: Buffer[];
  /** Latest event time, or null when nothing was accepted. */
  watermark: Micros | null;
  /** How the partition's watermark moves; null for topics that take no part in event time. */
  watermarkMove: WatermarkMove | null;
  /** For the latency histogram: when each was produced (as it says, or else Kafka's timestamp). */
  producedAt: Micros[];
  /** Weeks of event time and of Kafka time that it touches: about the chunks of each hypertable. */
  weeks: number;
}

const WEEK: Micros = 7 * DAY;

/**
 * Bytes to typed events and rejected records. Pure.
 *
 * @param readers of the Avro values among the records
 * @param refused offsets that the database refused when they were stored: rejected with that reason, whatever they say
 */
export function decodeBatch(
  handler: TopicHandler<unknown>,
  records: readonly KafkaRecord[],
  now: Micros,
  refused: ReadonlyMap<number, string>,
  readers: BatchReaders = NO_READERS,
): DecodedBatch {
  const batch: DecodedBatch = {
    accepted: [],
    rejected: [],
    retried: [],
    rawRows: [],
    watermark: null,
    watermarkMove: null,
    producedAt: [],
    weeks: 0,
  };
  const weeks = new Set<number>();
  const track = handler.allowedLateness === undefined ? null : new WatermarkTrack(handler.allowedLateness);
  for (const record of records) {
    const timestamp = clampedTimestamp(record.timestampMs, now);
    const refusal = refused.get(record.offset);
    const decoded = refusal === undefined ? decode(handler, record, now, readers) : null;
    if (decoded?.kind === 'at' || decoded?.kind === 'end') {
      track?.said(decoded);
      continue;
    }
    const actionId = retryActionOf(record.headers);
    if (actionId !== null) {
      const rejection = decoded === null ? refusal : decoded.kind === 'rejected' ? decoded.reason : null;
      const { offset, value } = record;
      batch.retried.push({ actionId, offset, value, rejection: rejection ?? null });
    }
    if (decoded?.kind === 'passed') continue;
    if (decoded === null || decoded.kind === 'rejected') {
      batch.rejected.push({
        offset: record.offset,
        type: decoded?.type ?? 'STORE_ERROR',
        reason: decoded?.reason ?? refusal ?? '',
        timestamp,
        key: record.key,
        headers: encodeHeaders(record.headers),
        value: record.value,
      });
      continue;
    }
    const { event, text } = decoded;
    const occurredAt = handler.occurredAt(event);
    batch.accepted.push({
      event,
      record: { offset: record.offset, timestamp, traceId: traceIdOf(record.headers) },
    });
    // Kafka's timestamp is the producer's own, unless the topic says otherwise.
    track?.event(occurredAt, Math.min(timestamp, now));
    weeks.add(Math.floor(occurredAt / WEEK)).add(Math.floor(timestamp / WEEK));
    if (handler.internal) continue;
    const original = timestamp === record.timestampMs * 1000 ? 'null' : record.timestampMs;
    const bin = delayBin((timestamp - occurredAt) / 1e6);
    const comma = batch.rawRows.length === 0 ? '[' : ',';
    batch.rawRows.push(
      Buffer.from(`${comma}[${record.offset},${timestamp},${original},${bin},`),
      ...payloadOf(record.value, text),
    );
    batch.producedAt.push(handler.producedAt(event) ?? timestamp);
    if (batch.watermark === null || occurredAt > batch.watermark) batch.watermark = occurredAt;
  }
  batch.rawRows.push(batch.rawRows.length === 0 ? EMPTY_ARRAY : END_OF_ARRAY);
  batch.weeks = weeks.size;
  batch.watermarkMove = track?.move ?? null;
  return batch;
}

const EMPTY_ARRAY = Buffer.from('[]');
const END_OF_ARRAY = Buffer.from(']');
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/**
 * The payload of a row and the row's end. JSON goes as the bytes that came: as a string it was copied and measured three
 * times on its way to the database, in two bytes a character as soon as one name was not Latin.
 */
function payloadOf(value: Buffer | null, text: string): Buffer[] {
  // Of Avro the bytes are kept, too: the JSON made of them has nothing of what it does not show.
  const isAvroValue: boolean = isAvro(value);
  if (value === null) return [Buffer.from(`${text}]`)];
  if (isAvroValue) return [Buffer.from(`${text},"${value.toString('base64')}"]`)];
  const isMarked = value.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return [isMarked ? value.subarray(BYTE_ORDER_MARK.length) : value, END_OF_ARRAY];
}

function decode(
  handler: TopicHandler<unknown>,
  record: KafkaRecord,
  now: Micros,
  readers: BatchReaders,
): DecodedMessage<unknown> | WatermarkSaid {
  const watermark = watermarkOf(record, now);
  if (watermark === null)
    return isAvro(record.value)
      ? decodeAvro(handler, record.value, now, readers)
      : handler.decode(record.value, now);
  if (watermark.kind !== 'malformed') return watermark;
  return { kind: 'rejected', type: 'SCHEMA_INVALID', reason: watermark.reason };
}
