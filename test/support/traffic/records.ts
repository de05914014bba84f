import fc from 'fast-check';
import type { KafkaRecord } from '../oracle/types.ts';
import { malformed } from './malformed.ts';
import { type Message, messages, render, rendering } from './messages.ts';
import { seeded, shuffled, split } from './shuffle.ts';
import { BASE, kafkaDelay } from './times.ts';

/** A record before it has a place in the topic. */
export interface Draft {
  key: string;
  value: Buffer | null;
  kafkaTimestampMs: number;
}

/** A draft that a failing example shows as text, not as bytes. */
function draft(key: string, value: Buffer | null, kafkaTimestampMs: number): Draft {
  const shown = () => `${value?.toString() ?? 'no value'} (Kafka: ${kafkaTimestampMs})`;
  return Object.defineProperty({ key, value, kafkaTimestampMs }, fc.toStringMethod, { value: shown });
}

const copies = fc.array(fc.tuple(rendering, kafkaDelay), { minLength: 1, maxLength: 3 });

const garbage: fc.Arbitrary<Draft> = fc
  .tuple(malformed, fc.constantFrom(0, 1_799_999, 1_800_000, 5_000_000))
  .map(([{ value }, step]) => draft('garbage', value, BASE / 1000 + step))
  .filter(({ value }) => value === null || value.length < 10_000);

/** Records of a day's messages, most of them once, some again in another rendering, with garbage between. */
export const drafts: fc.Arbitrary<Draft[]> = fc
  .tuple(
    messages.chain((day) => fc.tuple(...day.map((one) => copies.map((list) => draftsOf(one, list))))),
    fc.array(garbage, { maxLength: 4 }),
  )
  .map(([ofMessages, bad]) => [...ofMessages.flat(), ...bad]);

type Copy = [rendering: Parameters<typeof render>[1], delayMs: number];

function draftsOf(message: Message, list: readonly Copy[]): Draft[] {
  return list.map(([style, delay]) =>
    draft(message.members.order_id, render(message, style), Math.floor(message.occurredAt / 1000) + delay),
  );
}

/** How the same records reach the processors: a choice of everything that must not matter. */
export interface Delivery {
  seed: number;
  partitions: number;
  instances: number;
  longestBatch: number;
  /** False: a producer with another partitioner, an order's events lie in several partitions. */
  keyed: boolean;
}

export const delivery: fc.Arbitrary<Delivery> = fc.record({
  seed: fc.nat({ max: 0x7fffffff }),
  partitions: fc.integer({ min: 1, max: 4 }),
  instances: fc.integer({ min: 1, max: 3 }),
  longestBatch: fc.constantFrom(1, 3, 8, 50),
  keyed: fc.constantFrom(true, true, false),
});

/** Gives each draft a partition (by its key, as producers do) and an offset (ascending, with compaction's gaps). */
export function placed(list: readonly Draft[], { seed, partitions, keyed }: Delivery): KafkaRecord[] {
  const next = seeded(seed);
  const offsets = new Array<number>(partitions).fill(0);
  return shuffled(list, seed).map(({ key, value, kafkaTimestampMs }) => {
    const partition = keyed ? hashOf(key) % partitions : Math.floor(next() * partitions);
    const offset = offsets[partition] ?? 0;
    offsets[partition] = offset + (next() < 0.1 ? 3 : 1);
    return { topic: 'orders', partition, offset, kafkaTimestampMs, value };
  });
}

export interface Batch {
  instance: number;
  partition: number;
  records: KafkaRecord[];
}

/** Batches of one partition each: a partition's in order, the partitions interleaved, instances changing between. */
export function batches(
  records: readonly KafkaRecord[],
  { seed, partitions, instances, longestBatch }: Delivery,
): Batch[] {
  const next = seeded(seed ^ 0x5bd1e995);
  const queues = Array.from({ length: partitions }, (_, partition) =>
    split(
      records.filter((one) => one.partition === partition),
      seed,
      longestBatch,
    ),
  );
  const result: Batch[] = [];
  while (queues.some((queue) => queue.length > 0)) {
    const partition = Math.floor(next() * partitions);
    const batch = queues[partition]?.shift();
    if (batch) result.push({ instance: Math.floor(next() * instances), partition, records: batch });
  }
  return result;
}

function hashOf(key: string): number {
  return [...key].reduce((hash, one) => (hash * 31 + one.codePointAt(0)!) % 65_521, 7);
}
