import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import { type BackoffOptions, backoffMs, sleep } from '../../../platform/errors/backoff.ts';
import { messageOf } from '../../../platform/errors/classify.ts';
import { WATERMARK_HEADER } from '../../../replay/publish/batch.ts';
import type { WritableRecord } from '../../../replay/publish/kafka-writer.ts';
import { partitioner } from '../../../replay/publish/partition-of.ts';
import { renderEvent } from '../render/render-event.ts';
import { PLATFORM_TOPICS, type PlatformTopic, type WorldEvent } from '../world/world-event.ts';

/** A batch has so many records or characters at most; a broker takes 1 MiB a partition by default. */
const BATCH_RECORDS = 2_000;
const BATCH_CHARACTERS = 400_000;
const BACKOFF: BackoffOptions = { firstMs: 200, longestMs: 5_000 };
const NO_HEADERS = {};

export type PlatformRecord = WritableRecord<PlatformTopic>;

/** Where records go. */
export interface RecordStore {
  append(records: readonly PlatformRecord[]): Promise<void>;
}

export interface PlatformPublisherOptions {
  store: RecordStore;
  partitions: Readonly<Record<PlatformTopic, number>>;
  /** What is published; all unless told. Watermarks go to all: nothing is to be waited for. */
  topics?: readonly PlatformTopic[];
  /** How long to wait after a failure. */
  backoff?: BackoffOptions;
  signal: AbortSignal;
  say(message: string): void;
}

/**
 * Stores what a world says, in its order, and how far its time has come. What may not have been stored is sent again: the
 * processor counts an event once, however often it comes. One batch is under way while the next is built.
 */
export class PlatformPublisher {
  readonly #options: PlatformPublisherOptions;
  readonly #partitionOf: Readonly<Record<PlatformTopic, (key: string) => number>>;
  #batch: PlatformRecord[] = [];
  #characters = 0;
  #underWay: Promise<void> = Promise.resolve();
  /** Events that are stored, by topic. */
  readonly stored: Record<PlatformTopic, number>;

  constructor(options: PlatformPublisherOptions) {
    this.#options = options;
    const each = <T>(value: (topic: PlatformTopic) => T) =>
      Object.fromEntries(PLATFORM_TOPICS.map((topic) => [topic, value(topic)])) as Record<PlatformTopic, T>;
    this.#partitionOf = each((topic) => partitioner(options.partitions[topic]));
    this.stored = each(() => 0);
  }

  get total(): number {
    return Object.values(this.stored).reduce((sum, count) => sum + count, 0);
  }

  /** Adds an event; waits only while two batches are full. */
  async event(event: WorldEvent): Promise<void> {
    const { topic, key } = event;
    if (this.#options.topics?.includes(topic) === false) return;
    const value = renderEvent(event);
    if (this.#batch.length >= BATCH_RECORDS || this.#characters + value.length > BATCH_CHARACTERS)
      await this.#turn();
    this.#characters += value.length;
    this.#batch.push({ topic, partition: this.#partitionOf[topic](key), key, value, headers: NO_HEADERS });
  }

  /**
   * Tells every partition that nothing older than `at` follows; `end`: that no more is said of it, and the latest event
   * counts again.
   */
  watermark(at: Micros | 'end'): void {
    const headers = { [WATERMARK_HEADER]: at === 'end' ? 'end' : formatIso8601(at) };
    for (const topic of PLATFORM_TOPICS) {
      for (let partition = 0; partition < this.#options.partitions[topic]; partition++)
        this.#batch.push({ topic, partition, key: null, value: null, headers });
    }
  }

  /** Sends what was added, and waits until it is stored. */
  async flush(): Promise<void> {
    await this.#turn();
    await this.#underWay;
  }

  async #turn(): Promise<void> {
    await this.#underWay;
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    this.#characters = 0;
    this.#underWay = this.#store(batch);
    // Rejections are seen at the next await; without a handler until then Node would end the process.
    this.#underWay.catch(() => undefined);
  }

  async #store(batch: readonly PlatformRecord[]): Promise<void> {
    const { store, signal, say, backoff = BACKOFF } = this.#options;
    for (let attempt = 1; ; attempt++) {
      try {
        await store.append(batch);
        break;
      } catch (error) {
        if (signal.aborted) throw error;
        if (attempt === 1 || attempt % 10 === 0)
          say(`Kafka does not take records (${messageOf(error)}): trying again`);
        await sleep(backoffMs(attempt, backoff, Math.random), signal);
        if (signal.aborted) throw error;
      }
    }
    for (const { key, topic } of batch) if (key !== null) this.stored[topic]++;
  }
}
