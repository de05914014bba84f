import { type Admin, CompressionTypes, Kafka, logLevel, type Message, Partitioners } from 'kafkajs';
import { type Traffic, traffic } from '../../simulator/build-traffic.ts';
import { upsertProducts } from '../../simulator/catalogue/upsert-products.ts';
import { records } from '../../simulator/generate.ts';
import type { GenerateOptions } from '../../simulator/generate-options.ts';
import type { SimulatedRecord } from '../../simulator/record.ts';
import { freshTopicPrefix } from './kafka.ts';
import { createTopic } from './kafka-client.ts';

/** Small, so that the poison that exceeds it is small too. Give it to the processor. */
export const MAX_RECORD_BYTES = 64 * 1024;

/** Every product has more than anybody orders: who comes first must not matter here. */
const PIECES = 100_000;
const SENT_AT_ONCE = 5_000;
const START = Date.UTC(2025, 2, 3, 3);

export interface OrderTopic {
  readonly brokers: string;
  /** Prefix of the topics and of consumer groups. */
  readonly prefix: string;
  readonly name: string;
  readonly partitions: number;
  /** Sends the next so many records of the traffic. */
  send(events: number): Promise<void>;
  /** Offsets one past the last record, by partition. */
  ends(): Promise<Map<number, number>>;
  /** Makes the products of its records known to a database, with plenty of stock. */
  stock(database: Parameters<typeof upsertProducts>[0]): Promise<void>;
  /** Environment of a processor that reads it. */
  env(databaseUrl: string, group: string): Record<string, string>;
  withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T>;
  /** Creates it again after it was deleted. */
  create(): Promise<void>;
  /** Sends these values as they are. */
  sendRaw(partition: number, messages: readonly Message[]): Promise<void>;
}

export interface OrderTopicOptions {
  readonly brokers: string;
  readonly seed: string;
  readonly partitions?: number;
  readonly gzip?: boolean;
}

/**
 * A new topic `orders` for deterministic traffic: bursts, invalid orders, inbound holds, poison, copies, late events.
 * Records carry the time of the simulated clock, so that nothing depends on when they are sent.
 */
export async function orderTopic(options: OrderTopicOptions): Promise<OrderTopic> {
  const { brokers, seed, partitions = 6, gzip = true } = options;
  const prefix = freshTopicPrefix();
  const name = `${prefix}orders`;
  const kafka = new Kafka({ clientId: 'test', brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const made = simulation(seed);
  const source = records(made.options, made.traffic)[Symbol.iterator]();

  const withAdmin = async <T>(work: (admin: Admin) => Promise<T>): Promise<T> => {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  };
  const produce = async (messages: readonly Message[]): Promise<void> => {
    const producer = kafka.producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
    });
    await producer.connect();
    try {
      for (let from = 0; from < messages.length; from += SENT_AT_ONCE) {
        await producer.send({
          topic: name,
          acks: -1,
          compression: gzip ? CompressionTypes.GZIP : CompressionTypes.None,
          messages: messages.slice(from, from + SENT_AT_ONCE),
        });
      }
    } finally {
      await producer.disconnect();
    }
  };
  const create = () => createTopic(brokers, { topic: name, numPartitions: partitions });
  await create();
  return {
    brokers,
    prefix,
    name,
    partitions,
    create,
    withAdmin,
    send: (events) =>
      produce(Array.from({ length: events }, () => message(source.next().value as SimulatedRecord))),
    sendRaw: (partition, messages) => produce(messages.map((one) => ({ ...one, partition }))),
    ends: () =>
      withAdmin(async (admin) => {
        const offsets = await admin.fetchTopicOffsets(name);
        return new Map(offsets.map(({ partition, high }) => [partition, Number(high)]));
      }),
    stock: (database) =>
      upsertProducts(
        database,
        made.traffic.products.map((product) => ({
          ...product,
          openingStock: product.openingStock === null ? null : PIECES,
        })),
      ),
    env: (databaseUrl, group) => ({
      DATABASE_URL: databaseUrl,
      KAFKA_BROKERS: brokers,
      KAFKA_TOPIC_PREFIX: prefix,
      KAFKA_GROUP_ID: `${prefix}${group}`,
      // What each group publishes is looked at apart.
      HOLDFAST_TOPIC_HOLDS: `${prefix}${group}-holds`,
      HOLDFAST_TOPIC_ACTIONS: `${prefix}${group}-actions`,
      HOLDFAST_TOPIC_DEAD_LETTERS: `${prefix}${group}-dead-letters`,
      HOLDFAST_MAX_RECORD_BYTES: String(MAX_RECORD_BYTES),
      HOLDFAST_PARTITIONS: String(partitions),
      // What is learnt from milestones follows event time, which stands still when nothing more comes.
      HOLDFAST_DELIVERY_INTELLIGENCE: 'off',
    }),
  };
}

function simulation(seed: string): { options: GenerateOptions; traffic: Traffic } {
  const options: GenerateOptions = {
    seed,
    run: 'I1',
    scenarios: ['mixed', 'user-burst', 'product-burst', 'duplicates', 'late-events', 'poison'],
    start: START,
    density: 100,
    compress: 400,
    background: true,
    maxRecordBytes: MAX_RECORD_BYTES,
    daily: false,
    timeZone: 'Asia/Seoul',
    locale: 'ko',
  };
  return { options, traffic: traffic(options) };
}

function message({ key, value, at }: SimulatedRecord): Message {
  return { key, value, timestamp: String(Math.round(at)) };
}
