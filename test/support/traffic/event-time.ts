import fc from 'fast-check';
import { decodeReview } from '../../../domain/reviews/decode-review.ts';
import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { KafkaRecord } from '../../../processor/ingest/kafka-record.ts';
import { recordAt } from '../drive-batches.ts';
import { classifyRecord } from '../oracle/classify-record.ts';
import type { Micros } from '../oracle/types.ts';
import type { Partition } from '../sequence/sequence-stage.ts';
import { SHELVES } from './pools.ts';
import { type Draft, drafts } from './records.ts';
import { seeded, shuffled } from './shuffle.ts';
import { eventTime, NOW, renderTime, UTC } from './times.ts';

/** A record with when it says that it happened; null for one that is no event. */
export interface Sent {
  topic: 'orders' | 'reviews';
  key: string;
  value: Buffer | null;
  kafkaTimestampMs: number;
  at: Micros | null;
}

const review: fc.Arbitrary<Sent> = fc
  .record({
    order_id: fc.constantFrom(...SHELVES.flatMap(({ orders }) => orders.slice(0, 3)), 'nobody knows'),
    at: eventTime,
    score: fc.integer({ min: 1, max: 5 }),
    event_id: fc.constantFrom(undefined, 'r1', 'r2'),
  })
  .map(({ order_id, at, score, event_id }) => ({
    topic: 'reviews',
    key: order_id,
    value: Buffer.from(JSON.stringify({ order_id, score, event_id, occurred_at: renderTime(at, UTC) })),
    kafkaTimestampMs: Math.floor(at / 1000),
    at,
  }));

/** A day of orders and of reviews, with copies and garbage. */
export const sentRecords: fc.Arbitrary<Sent[]> = fc
  .tuple(drafts, fc.array(review, { maxLength: 8 }))
  .map(([orders, reviews]) => [...orders.map(sentOrder), ...reviews]);

function sentOrder({ key, value, kafkaTimestampMs }: Draft): Sent {
  const outcome = classifyRecord(value, NOW);
  const at = outcome.kind === 'event' ? outcome.event.occurredAt : null;
  return { topic: 'orders', key, value, kafkaTimestampMs, at };
}

/** The events and reviews among the records. */
export function understood(records: readonly Sent[]) {
  const events = records.flatMap(({ topic, value }) => {
    const outcome = topic === 'orders' ? classifyRecord(value, NOW) : null;
    return outcome?.kind === 'event' ? [outcome.event] : [];
  });
  const reviews = records.flatMap(({ topic, value }) =>
    topic === 'reviews' ? [decodeReview(JSON.parse(String(value)), NOW)] : [],
  );
  return { events, reviews };
}

/** How partitions tell how far event time has come. */
export type Marking =
  /** By watermarks that are true. */
  | 'explicit'
  /** By the times of their events, which come in order but for the lateness that is allowed. */
  | 'ordinary'
  /** By watermarks of any time: what comes after them may be late. */
  | 'wrong';

export interface Course {
  seed: number;
  /** Of each topic. */
  partitions: number;
  longestBatch: number;
  sliceSize: number;
  marking: Marking;
}

export function course(...markings: Marking[]): fc.Arbitrary<Course> {
  return fc.record({
    seed: fc.nat({ max: 0x7fffffff }),
    partitions: fc.integer({ min: 1, max: 3 }),
    longestBatch: fc.constantFrom(1, 3, 8, 50),
    sliceSize: fc.constantFrom(1, 2, 5, 2000),
    marking: fc.constantFrom(...markings),
  });
}

/** How late records come under the ordinary rule. */
export const LATENESS: Micros = 60_000_000;

/** The partitions with their records in order, watermarks among them, and one at the end of each that closes it. */
export function partitionLogs(
  records: readonly Sent[],
  { seed, partitions, marking }: Course,
): Map<Partition, KafkaRecord[]> {
  const next = seeded(seed ^ 0x2545f491);
  const order = marking === 'ordinary' ? byTimeWithJitter(records, next) : shuffled(records, seed);
  const logs = new Map<Partition, KafkaRecord[]>();
  for (const topic of ['orders', 'reviews'] as const) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const own = order.filter((one) => one.topic === topic && hashOf(one.key) % partitions === partition);
      logs.set({ topic, partition }, logOf(own, marking, next));
    }
  }
  return logs;
}

function logOf(records: readonly Sent[], marking: Marking, next: () => number): KafkaRecord[] {
  const log: KafkaRecord[] = [];
  const mark = (text: string) =>
    log.push(recordAt(log.length, null, { headers: { 'holdfast-watermark': Buffer.from(text) } }));
  const times = records.flatMap(({ at }) => (at === null ? [] : [at]));
  for (const [index, { value, kafkaTimestampMs }] of records.entries()) {
    // A producer that says how far it is says so from the beginning.
    if (marking !== 'ordinary' && (index === 0 || next() < 0.4)) {
      const rest = records.slice(index).flatMap(({ at }) => (at === null ? [] : [at]));
      const from = marking === 'explicit' ? rest : times;
      const at = marking === 'explicit' ? Math.min(...rest) : from[Math.floor(next() * from.length)];
      if (at !== undefined && Number.isFinite(at)) mark(formatIso8601(at));
      if (marking === 'wrong' && next() < 0.2) mark('end');
    }
    log.push(recordAt(log.length, value, { timestampMs: kafkaTimestampMs }));
  }
  mark(formatIso8601(NOW));
  return log;
}

/** In order of time, but each up to the allowed lateness too late. */
function byTimeWithJitter(records: readonly Sent[], next: () => number): Sent[] {
  return records
    .map((one) => ({ one, due: (one.at ?? NOW) + Math.floor(next() * LATENESS) }))
    .sort((a, b) => a.due - b.due)
    .map(({ one }) => one);
}

function hashOf(key: string): number {
  return [...key].reduce((hash, one) => (hash * 31 + one.codePointAt(0)!) % 65_521, 7);
}
