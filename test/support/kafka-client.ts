import {
  type Admin,
  type IHeaders,
  type ITopicConfig,
  Kafka,
  type KafkaMessage,
  logLevel,
  type Message,
} from 'kafkajs';
import { registerCodecs } from '../../platform/kafka/codecs.ts';
import { eventually } from './eventually.ts';
import { freshTopicPrefix } from './kafka.ts';

/** A quiet client that is patient with a busy machine. */
export function testKafka(brokers: string): Kafka {
  registerCodecs();
  return new Kafka({
    clientId: 'test',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    requestTimeout: 60_000,
    retry: { retries: 15, maxRetryTime: 1_000 },
  });
}

export async function withAdmin<T>(brokers: string, use: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = testKafka(brokers).admin();
  await admin.connect();
  try {
    return await use(admin);
  } finally {
    await admin.disconnect();
  }
}

/** Makes a topic that takes any timestamp and records of up to 8 MiB. */
export async function createLenientTopic(
  brokers: string,
  topic: string,
  numPartitions: number,
): Promise<void> {
  await createTopic(brokers, {
    topic,
    numPartitions,
    configEntries: [
      { name: 'message.timestamp.after.max.ms', value: '9223372036854775807' },
      { name: 'message.timestamp.before.max.ms', value: '9223372036854775807' },
      { name: 'max.message.bytes', value: String(8 * 1024 * 1024) },
    ],
  });
}

/**
 * Makes a topic and waits until every partition answers. kafkajs' own wait for leaders fails when the broker does not
 * know the topic yet that its controller has just made.
 */
export async function createTopic(brokers: string, topic: ITopicConfig): Promise<void> {
  await withAdmin(brokers, (admin) => admin.createTopics({ waitForLeaders: false, topics: [topic] }));
  await untilLed(brokers, topic.topic);
}

/** Messages and bytes of one request. */
const MOST_MESSAGES = 500;
const MOST_BYTES = 3 * 1024 * 1024;

/**
 * Waits until every partition answers. A leader is named before it takes records, and kafkajs sends a whole request
 * again, what was stored included, when one of its partitions is not ready. (An idempotent producer would not, but gives
 * up at once while a broker is away.)
 */
async function untilLed(brokers: string, topic: string): Promise<void> {
  await eventually(`all partitions of ${topic} to answer`, () =>
    withAdmin(brokers, async (admin) => (await admin.fetchTopicOffsets(topic)).length > 0),
  );
}

/** Sends messages in their order, one request after the other. */
export async function produce(
  brokers: string,
  topic: string,
  messages: readonly Message[],
  compression = 0,
): Promise<void> {
  await untilLed(brokers, topic);
  const producer = testKafka(brokers).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  try {
    let run: Message[] = [];
    let bytes = 0;
    const send = async () => {
      if (run.length > 0) await producer.send({ topic, acks: -1, messages: run, compression });
      run = [];
      bytes = 0;
    };
    for (const message of messages) {
      const size = message.value?.length ?? 0;
      if (run.length >= MOST_MESSAGES || bytes + size > MOST_BYTES) await send();
      run.push(message);
      bytes += size;
    }
    await send();
  } finally {
    await producer.disconnect();
  }
}

export type ConsumedMessage = KafkaMessage & { partition: number };

/** Reads a topic from its beginning until `count` messages have come. */
export async function consume(brokers: string, topic: string, count: number): Promise<ConsumedMessage[]> {
  const consumer = testKafka(brokers).consumer({
    groupId: freshTopicPrefix(),
    maxBytesPerPartition: 16 * 1024 * 1024,
  });
  await consumer.connect();
  const messages: ConsumedMessage[] = [];
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer
        .run({
          eachMessage: async ({ message, partition }) => {
            messages.push({ ...message, partition });
            if (messages.length >= count) resolve();
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  return messages;
}

/** Records that a topic has, all partitions together. */
export async function countRecords(brokers: string, topic: string): Promise<number> {
  const offsets = await withAdmin(brokers, (admin) => admin.fetchTopicOffsets(topic));
  return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
}

/** The values of each header, as base64; what kafkajs takes from Object.prototype for a value is left out. */
export function headerValues(headers: IHeaders | undefined): Map<string, string[]> {
  return new Map(
    Object.entries(headers ?? {}).map(([name, value]) => [
      name,
      [value]
        .flat()
        .filter((one) => typeof one === 'string' || Buffer.isBuffer(one))
        .map((one) => Buffer.from(one as Buffer).toString('base64')),
    ]),
  );
}
