import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { type KafkaRecord, readMessage } from '../../ingest/kafka-record.ts';

export interface RangesToRead {
  topicName: string;
  /** Of a consumer group of its own, that nobody else uses. */
  groupId: string;
  ranges: readonly { partition: number; from: number; to: number }[];
  /** Called with consecutive records of one partition, one call after the other. */
  onRecords(
    partition: number,
    records: readonly KafkaRecord[],
    heartbeat: () => Promise<void>,
  ): Promise<void>;
  /** Ends the reading after the batch in work. */
  signal: AbortSignal;
  /** How long Kafka may give nothing of what it said to have, once it was joined, in milliseconds. */
  patienceMs: number;
}

const LOOK_EVERY_MS = 1000;

/**
 * Reads stretches of offsets [from, to) of one topic, each record once. Offsets that no record has (compaction, markers of
 * transactions) are passed over.
 *
 * @throws what `onRecords` throws, or when Kafka gives nothing for `patienceMs`
 */
export async function readRanges(kafka: Kafka, reading: RangesToRead): Promise<void> {
  const consumer = kafka.consumer({ groupId: reading.groupId, maxWaitTimeInMs: 250 });
  const cursor = new Cursor(reading, consumer);
  const looking = setInterval(() => cursor.look(), LOOK_EVERY_MS);
  const stop = () => cursor.finish();
  reading.signal.addEventListener('abort', stop);
  consumer.on(consumer.events.GROUP_JOIN, () => cursor.seek());
  // It begins anew by itself after what passes, and joins again.
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) cursor.fail(payload.error);
  });
  // Batches of which nothing is left for us come as events only.
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    if (payload.batchSize === 0) cursor.advance(payload.partition, Number(payload.lastOffset) + 1);
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic: reading.topicName, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: true,
      eachBatch: (payload) => cursor.take(payload),
    });
    await cursor.done;
  } finally {
    clearInterval(looking);
    reading.signal.removeEventListener('abort', stop);
    await consumer.disconnect();
  }
}

/** How far each partition has been read. */
class Cursor {
  readonly done: Promise<void>;
  private readonly reading: RangesToRead;
  private readonly consumer: Consumer;
  private readonly next: Map<number, number>;
  private readonly ends: Map<number, number>;
  private resolve: () => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;
  private over = false;
  private working = false;
  /** Before it has joined its group, kafkajs' own limits hold. */
  private heardAt = Number.POSITIVE_INFINITY;

  constructor(reading: RangesToRead, consumer: Consumer) {
    this.reading = reading;
    this.consumer = consumer;
    this.next = new Map(reading.ranges.map(({ partition, from }) => [partition, from]));
    this.ends = new Map(reading.ranges.map(({ partition, to }) => [partition, to]));
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever waits comes later than an error may.
    this.done.catch(() => undefined);
  }

  /**
   * After every join: kafkajs begins at the first record there is. What it fetched before it heard of the seek is no
   * harm: records from before a cursor are left out.
   */
  seek(): void {
    this.heardAt = performance.now();
    const topic = this.reading.topicName;
    for (const [partition, offset] of this.next)
      if (!this.isRead(partition)) this.consumer.seek({ topic, partition, offset: String(offset) });
  }

  async take(payload: EachBatchPayload): Promise<void> {
    const { partition, messages } = payload.batch;
    const next = this.next.get(partition);
    const end = this.ends.get(partition);
    if (this.over || next === undefined || end === undefined || this.isRead(partition)) {
      this.consumer.pause([{ topic: this.reading.topicName, partitions: [partition] }]);
      return;
    }
    const records = messages.map(readMessage).filter(({ offset }) => offset >= next && offset < end);
    this.working = true;
    try {
      if (records.length > 0) await this.reading.onRecords(partition, records, payload.heartbeat);
      this.advance(partition, Number(payload.batch.lastOffset()) + 1);
    } catch (error) {
      // Not to kafkajs, which would fetch the batch again.
      this.fail(error);
    } finally {
      this.working = false;
    }
  }

  advance(partition: number, to: number): void {
    const next = this.next.get(partition);
    if (next === undefined) return;
    if (to > next) this.heardAt = performance.now();
    this.next.set(partition, Math.max(next, to));
    if ([...this.next.keys()].every((one) => this.isRead(one))) this.finish();
  }

  look(): void {
    if (this.over || this.working) return;
    const silentMs = performance.now() - this.heardAt;
    if (silentMs < this.reading.patienceMs) return;
    const [partition, offset] = [...this.next].find(([one]) => !this.isRead(one)) ?? [0, 0];
    this.fail(
      new Error(
        `Kafka gave nothing of partition ${partition} from offset ${offset} on for ${Math.round(silentMs / 1000)} s. Run the same command again: what was read already changes nothing.`,
      ),
    );
  }

  finish(): void {
    this.over = true;
    this.resolve();
  }

  fail(error: unknown): void {
    this.over = true;
    this.reject(error);
  }

  private isRead(partition: number): boolean {
    return (this.next.get(partition) ?? 0) >= (this.ends.get(partition) ?? 0);
  }
}
