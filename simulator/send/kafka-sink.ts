import { setTimeout as delay } from 'node:timers/promises';
import { CompressionTypes, Kafka, logLevel, type Message, type Producer } from 'kafkajs';
import type { KafkaConfig } from '../../platform/config/kafka.ts';
import { backoffMs, sleep } from '../../platform/errors/backoff.ts';
import { securityOf } from '../../platform/kafka/client.ts';
import { explainKafkaTrouble } from '../../platform/kafka/explain-trouble.ts';
import { createProducer } from '../../platform/kafka/producer.ts';
import type { SimulatedRecord } from '../record.ts';
import type { RecordSink } from './record-sink.ts';

/** Larger values go alone and compressed, so that a broker with the usual limit of 1 MiB a batch takes them. */
const LARGE_BYTES = 256 * 1024;
const TOPIC_WAIT_MS = 60_000;

export interface KafkaSinkOptions {
  kafka: KafkaConfig;
  gzip: boolean;
  signal: AbortSignal;
  /** Told of trouble worth a line. */
  say(message: string): void;
}

/** Sends to the topic `orders` with kafkajs (acks of all replicas); retries until the signal fires. */
export class KafkaSink implements RecordSink {
  /** Whether a batch had to be sent again, so that the broker may hold records twice. */
  retried = false;
  /** Records the broker refused as too large. */
  refused = 0;
  readonly #options: KafkaSinkOptions;
  readonly #kafka: Kafka;
  readonly #producer: Producer;
  readonly #topic: string;

  constructor(options: KafkaSinkOptions) {
    const { kafka } = options;
    this.#options = options;
    this.#topic = kafka.topics.orders;
    this.#kafka = new Kafka({
      clientId: 'holdfast-simulator',
      brokers: [...kafka.brokers],
      ...securityOf(kafka),
      logLevel: logLevel.NOTHING,
      connectionTimeout: 3_000,
      retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 1_000 },
    });
    this.#producer = createProducer(this.#kafka);
  }

  /**
   * Connects and waits for the topic, which the processor creates.
   *
   * @throws {Error} naming brokers or topic when one of them is still missing after 60 s
   */
  async connect(): Promise<void> {
    const { kafka, signal, say } = this.#options;
    const deadline = performance.now() + TOPIC_WAIT_MS;
    for (let attempt = 1; !signal.aborted; attempt++) {
      const missing = await this.#missing();
      if (missing === null) return;
      if (performance.now() > deadline) throw new Error(`${missing}; waited ${TOPIC_WAIT_MS / 1_000} s`);
      if (attempt === 1) {
        const hint = kafka.embedded ? ' ("npm start" runs one)' : '';
        say(`${missing}${hint}: waiting up to ${TOPIC_WAIT_MS / 1_000} s`);
      }
      await sleep(Math.min(200 * attempt, 1_000), signal);
    }
  }

  /** What keeps us from sending, as a sentence; null when nothing does. */
  async #missing(): Promise<string | null> {
    const brokers = this.#options.kafka.brokers.join(', ');
    const admin = this.#kafka.admin();
    try {
      await admin.connect();
      const topics = await admin.listTopics();
      if (!topics.includes(this.#topic)) {
        return `the topic ${this.#topic} does not exist at ${brokers}: the processor creates it when it starts`;
      }
      await this.#producer.connect();
      return null;
    } catch (error) {
      return `no Kafka broker answers at ${brokers} (${explainKafkaTrouble(error, this.#options.kafka)}): start it or set KAFKA_BROKERS`;
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }

  async send(records: readonly SimulatedRecord[]): Promise<readonly SimulatedRecord[]> {
    const large = records.filter((record) => (record.value?.length ?? 0) > LARGE_BYTES);
    if (large.length === 0) return this.#deliver(records, this.#options.gzip);
    const stored = [
      ...(await this.#deliver(
        records.filter((record) => !large.includes(record)),
        this.#options.gzip,
      )),
    ];
    for (const record of large) stored.push(...(await this.#deliver([record], true)));
    return stored;
  }

  async #deliver(records: readonly SimulatedRecord[], gzip: boolean): Promise<readonly SimulatedRecord[]> {
    const { signal, say } = this.#options;
    if (records.length === 0) return records;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#producer.send({
          topic: this.#topic,
          acks: -1,
          compression: gzip ? CompressionTypes.GZIP : CompressionTypes.None,
          messages: records as readonly Pick<SimulatedRecord, 'key' | 'value'>[] as Message[],
        });
        return records;
      } catch (error) {
        if (isTooLarge(error)) return this.#divide(records, gzip);
        if (signal.aborted) return [];
        this.retried = true;
        if (attempt === 1 || attempt % 10 === 0)
          say(`Kafka does not take records (${errorText(error)}): trying again`);
        await sleep(backoffMs(attempt, { firstMs: 200, longestMs: 5_000 }, Math.random), signal);
      }
    }
  }

  async #divide(records: readonly SimulatedRecord[], gzip: boolean): Promise<readonly SimulatedRecord[]> {
    if (records.length === 1) {
      this.refused++;
      this.#options.say(
        `the broker refuses a record of ${records[0]?.value?.length ?? 0} bytes (message.max.bytes): left out`,
      );
      return [];
    }
    const middle = records.length >> 1;
    const first = await this.#deliver(records.slice(0, middle), gzip);
    return [...first, ...(await this.#deliver(records.slice(middle), gzip))];
  }

  /** Offsets one past the last record, by partition. */
  async endOffsets(): Promise<Map<number, number>> {
    const admin = this.#kafka.admin();
    await admin.connect();
    try {
      const offsets = await admin.fetchTopicOffsets(this.#topic);
      return new Map(offsets.map(({ partition, high }) => [partition, Number(high)]));
    } finally {
      await admin.disconnect();
    }
  }

  async close(): Promise<void> {
    // A broker that is gone must not keep a stopped simulator.
    await Promise.race([
      this.#producer.disconnect().catch(() => undefined),
      delay(3_000, undefined, { ref: false }),
    ]);
  }
}

function isTooLarge(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ((at as { type?: string }).type === 'MESSAGE_TOO_LARGE') return true;
  }
  return false;
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
