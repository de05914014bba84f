import type { Micros } from '../../domain/time/micros.ts';
import { type BackoffOptions, backoffMs, sleep } from '../../platform/errors/backoff.ts';
import { messageOf } from '../../platform/errors/classify.ts';
import { REPLAY_TOPICS, type ReplayTopic, type SequencedEvent } from '../source/source-event.ts';
import { eventRecord, type OutgoingRecord, watermarkRecords } from './batch.ts';
import { partitioner } from './partition-of.ts';
import type { ReplayLog } from './replay-log.ts';
import type { ResumePoint, TopicPartition } from './resume-point.ts';

/** A batch has so many records or bytes at most; a broker takes 1 MiB a partition by default. */
const BATCH_RECORDS = 2_000;
const BATCH_BYTES = 500_000;
/** Key, headers and what Kafka itself writes to a record, about. */
const BYTES_BESIDE_VALUE = 200;
const BACKOFF: BackoffOptions = { firstMs: 200, longestMs: 5_000 };

export interface PublisherOptions {
  log: ReplayLog;
  run: string;
  partitions: Readonly<Record<ReplayTopic, number>>;
  /** How far the run came before. */
  point: ResumePoint;
  /** How long to wait after a failure. */
  backoff?: BackoffOptions;
  signal: AbortSignal;
  say(message: string): void;
}

/**
 * Stores each event of a run once, whatever happens to the process or the broker: an event that its partition has is
 * passed over, and after a failure the log is asked again what it has. One batch is under way while the next is built.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #partitionOf: Readonly<Record<ReplayTopic, (key: string) => number>>;
  #batch: OutgoingRecord[] = [];
  #bytes = 0;
  #underWay: Promise<void> = Promise.resolve();
  /** Sequence of the last event that was given, sent or not. */
  #sequence = 0;
  /** Events that this process stored, by topic. */
  readonly stored: Record<ReplayTopic, number> = { orders: 0, payments: 0, reviews: 0 };
  /** Events that were there already. */
  passedOver = 0;
  /** Events that were given to be stored, and may be under way. */
  given = 0;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#partitionOf = Object.fromEntries(
      REPLAY_TOPICS.map((topic) => [topic, partitioner(options.partitions[topic])]),
    ) as Record<ReplayTopic, (key: string) => number>;
  }

  /** Whether the event's partition has it from an earlier process of the run. */
  has(event: SequencedEvent): boolean {
    return this.#options.point.has(this.#placeOf(event), event.sequence);
  }

  /** Passes an event over that `has` knows. */
  passOver(event: SequencedEvent): void {
    this.#sequence = event.sequence;
    this.passedOver++;
  }

  /** Adds an event, in the order of the sequence. */
  async event(event: SequencedEvent): Promise<void> {
    this.#sequence = event.sequence;
    this.given++;
    const record = eventRecord(this.#options.run, event, this.#placeOf(event).partition);
    const bytes = Buffer.byteLength(event.json) + BYTES_BESIDE_VALUE;
    if (this.#batch.length >= BATCH_RECORDS || this.#bytes + bytes > BATCH_BYTES) await this.#turn();
    this.#bytes += bytes;
    this.#batch.push(record);
  }

  /** Adds a watermark to every partition, after all that was added before. */
  watermark(at: Micros | 'end'): void {
    const { run, partitions, point } = this.#options;
    // A partition that was ahead of the others stays so: its last record is what the next process goes by.
    const sequenceOf = (place: TopicPartition) => Math.max(this.#sequence, point.lastOf(place));
    const records = watermarkRecords(run, at, sequenceOf, partitions);
    this.#bytes += records.length * BYTES_BESIDE_VALUE;
    this.#batch.push(...records);
  }

  /** Sends what was added, and waits until it is stored. */
  async flush(): Promise<void> {
    await this.#turn();
    await this.#underWay;
  }

  #placeOf({ topic, orderId }: SequencedEvent) {
    return { topic, partition: this.#partitionOf[topic](orderId) };
  }

  async #turn(): Promise<void> {
    await this.#underWay;
    if (this.#batch.length === 0) return;
    const batch = this.#batch;
    this.#batch = [];
    this.#bytes = 0;
    this.#underWay = this.#store(batch);
    // Rejections are seen at the next await; without a handler until then Node would end the process.
    this.#underWay.catch(() => undefined);
  }

  async #store(batch: readonly OutgoingRecord[]): Promise<void> {
    const { log, signal, say, run, backoff = BACKOFF } = this.#options;
    let left = batch;
    for (let attempt = 1; ; attempt++) {
      try {
        if (attempt > 1) {
          const { point } = await log.readBack(run);
          left = left.filter((record) => !isStored(record, point));
        }
        await log.append(left);
        break;
      } catch (error) {
        if (signal.aborted) throw error;
        if (attempt === 1 || attempt % 10 === 0) {
          say(`Kafka does not take records (${messageOf(error)}): trying again`);
        }
        await sleep(backoffMs(attempt, backoff, Math.random), signal);
        if (signal.aborted) throw error;
      }
    }
    for (const { key, topic } of batch) if (key !== null) this.stored[topic]++;
  }
}

/**
 * Whether a partition has a record. Of a watermark that follows the partition's last event it cannot be said, so it is
 * sent again; one from before it must not be, for what is last in a partition is what the next process goes by.
 */
function isStored(record: OutgoingRecord, point: ResumePoint): boolean {
  return record.key === null ? record.sequence < point.lastOf(record) : point.has(record, record.sequence);
}
