import { setTimeout as delay } from 'node:timers/promises';
import { CompressionTypes, type Kafka, type Message, type Producer } from 'kafkajs';
import type { KafkaConfig } from '../../platform/config/kafka.ts';
import type { Topic } from '../../platform/config/variables.ts';
import { sleep } from '../../platform/errors/backoff.ts';
import { createKafka } from '../../platform/kafka/client.ts';
import { explainKafkaTrouble } from '../../platform/kafka/explain-trouble.ts';
import type { Logger } from '../../platform/logger/logger.ts';

const TOPIC_WAIT_MS = 60_000;
const CLOSE_MS = 3_000;
const TROUBLE_MS = 5_000;

/** A record to be stored in a partition that was chosen for it. */
export interface WritableRecord<Name extends Topic> {
  topic: Name;
  partition: number;
  /** Null: a watermark. */
  key: string | null;
  value: string | null;
  headers: Readonly<Record<string, string>>;
}

export interface KafkaWriterOptions<Name extends Topic> {
  kafka: KafkaConfig;
  /** What the broker knows it by. */
  clientId: string;
  topics: readonly Name[];
  logger: Logger;
  signal: AbortSignal;
  /** Told of what is worth a line on the screen. */
  say(message: string): void;
}

/**
 * Writes to some topics: an idempotent producer, one request at a time, stored by all replicas. A broker that is away is
 * waited for by the same producer, whose sequence numbers keep it from storing twice what it stored unheard.
 */
export class KafkaWriter<Name extends Topic> {
  protected readonly client: Kafka;
  readonly #options: KafkaWriterOptions<Name>;
  #producer: Producer | null = null;

  constructor(options: KafkaWriterOptions<Name>) {
    this.#options = options;
    this.client = createKafka(options.kafka, options.clientId, options.logger);
  }

  /**
   * Waits for the topics, which the processor creates.
   *
   * @returns how many partitions each has
   * @throws {Error} naming brokers or topics when they are still missing after 60 s
   */
  async partitions(): Promise<Record<Name, number>> {
    const { kafka, signal, say } = this.#options;
    const deadline = performance.now() + TOPIC_WAIT_MS;
    for (let attempt = 1; ; attempt++) {
      const found = await this.#findPartitions();
      if (typeof found !== 'string') return found;
      if (signal.aborted) throw new Error('stopped before the topics were found');
      if (performance.now() > deadline) throw new Error(`${found}; waited ${TOPIC_WAIT_MS / 1_000} s`);
      const hint = kafka.embedded ? ' ("npm start -- --no-simulator" runs one)' : '';
      if (attempt === 1) say(`${found}${hint}: waiting up to ${TOPIC_WAIT_MS / 1_000} s`);
      await sleep(Math.min(200 * attempt, 1_000), signal);
    }
  }

  /** The partitions, or what is missing as a sentence. */
  async #findPartitions(): Promise<Record<Name, number> | string> {
    const { brokers, topics } = this.#options.kafka;
    const admin = this.client.admin({ retry: { retries: 1 } });
    try {
      await admin.connect();
      const existing = new Set(await admin.listTopics());
      const missing = this.#options.topics
        .map((topic) => topics[topic])
        .filter((name) => !existing.has(name));
      if (missing.length > 0) {
        return `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} no topic at ${brokers.join(', ')}: the processor creates the topics when it starts`;
      }
      const metadata = await admin.fetchTopicMetadata({
        topics: this.#options.topics.map((topic) => topics[topic]),
      });
      const counts = new Map(metadata.topics.map(({ name, partitions }) => [name, partitions.length]));
      return Object.fromEntries(
        this.#options.topics.map((topic) => [topic, counts.get(topics[topic]) ?? 0]),
      ) as Record<Name, number>;
    } catch (error) {
      return `no Kafka broker answers at ${brokers.join(', ')} (${explainKafkaTrouble(error, this.#options.kafka)}): start it or set KAFKA_BROKERS`;
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }

  async append(records: readonly WritableRecord<Name>[]): Promise<void> {
    const { signal, say } = this.#options;
    const producer = this.#producer ?? (await this.#connect());
    const trouble = setTimeout(() => say('Kafka does not answer: waiting for it'), TROUBLE_MS);
    try {
      const sent = this.#byPartition(records).map((one) =>
        producer.send({ ...one, acks: -1, compression: CompressionTypes.None }),
      );
      await unlessStopped(Promise.all(sent), signal);
    } catch (error) {
      // Its sequence numbers are no longer certain either.
      this.#producer = null;
      await disconnect(producer);
      throw error;
    } finally {
      clearTimeout(trouble);
    }
  }

  async close(): Promise<void> {
    if (this.#producer !== null) await disconnect(this.#producer);
    this.#producer = null;
  }

  async #connect(): Promise<Producer> {
    const producer = this.client.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { retries: Number.MAX_SAFE_INTEGER, initialRetryTime: 100, maxRetryTime: 2_000 },
    });
    await producer.connect();
    this.#producer = producer;
    return producer;
  }

  /**
   * A call for each partition: of a call for several, kafkajs may lose the records of one whose leader changes meanwhile
   * (see `createProducer`), and the sequence numbers are of a partition anyway.
   */
  #byPartition(records: readonly WritableRecord<Name>[]): { topic: string; messages: Message[] }[] {
    const byPartition = new Map<string, { topic: string; messages: Message[] }>();
    for (const { topic: name, partition, key, value, headers } of records) {
      const topic = this.#options.kafka.topics[name];
      const place = `${topic} ${partition}`;
      const call = byPartition.get(place) ?? { topic, messages: [] };
      call.messages.push({ partition, key, value, headers });
      byPartition.set(place, call);
    }
    return [...byPartition.values()];
  }
}

/** What is asked for, or an error some time after the signal: what a stopped process has not heard of, it reads back. */
async function unlessStopped<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  const grace = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    const stop = () =>
      void delay(CLOSE_MS, undefined, { signal: grace.signal, ref: false }).then(
        () => reject(new Error('stopped while Kafka was away: start it again to go on')),
        () => undefined,
      );
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true, signal: grace.signal });
  });
  try {
    return await Promise.race([asked, stopped]);
  } finally {
    grace.abort();
  }
}

/** A broker that is gone must not keep a stopped replay. */
async function disconnect(producer: Producer): Promise<void> {
  const gone = producer.disconnect().catch(() => undefined);
  await Promise.race([gone, delay(CLOSE_MS, undefined, { ref: false })]);
}
