import { createHash } from 'node:crypto';
import kafkajs from 'kafkajs';
import { registerCodecs } from '../../../platform/kafka/codecs.ts';

/** A record as it stands in Kafka. */
export interface LoggedRecord {
  partition: number;
  offset: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: Readonly<Record<string, string>>;
}

const READ_WITHIN_MS = 120_000;

/** Kafka's clients of the harness: patient, and silent. */
export function harnessKafka(brokers: string): kafkajs.Kafka {
  registerCodecs();
  return new kafkajs.Kafka({
    clientId: 'holdfast-chaos',
    brokers: brokers.split(','),
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { retries: 20, initialRetryTime: 200, maxRetryTime: 2_000 },
  });
}

/** What tells a record from another one: its bytes. */
export function digest(key: Buffer | string | null, value: Buffer | string | null): string {
  const hash = createHash('sha1');
  for (const part of [key, value]) {
    if (part === null) hash.update('-');
    else hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  return hash.digest('base64url');
}

/**
 * All records of a topic from its beginning to its present end.
 *
 * @throws when they cannot be read within two minutes
 */
export async function readTopic(kafka: kafkajs.Kafka, topic: string): Promise<LoggedRecord[]> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map<number, number>();
  try {
    for (const { partition, high } of await admin.fetchTopicOffsets(topic))
      if (Number(high) > 0) ends.set(partition, Number(high));
  } finally {
    await admin.disconnect();
  }
  if (ends.size === 0) return [];
  const records: LoggedRecord[] = [];
  const groupId = `holdfast-chaos-${topic}-${Math.trunc(performance.now())}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, allowAutoTopicCreation: false });
  await consumer.connect();
  let timer: NodeJS.Timeout | undefined;
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(
        () =>
          reject(new Error(`the topic ${topic} could not be read back within ${READ_WITHIN_MS / 1_000} s`)),
        READ_WITHIN_MS,
      );
      const open = new Set(ends.keys());
      const eachBatch = async ({ batch }: kafkajs.EachBatchPayload): Promise<void> => {
        const { partition } = batch;
        for (const message of batch.messages) records.push(recordOf(partition, message));
        // The last offset counts, and not the number of records: an idempotent producer leaves gaps.
        if (Number(batch.lastOffset()) + 1 >= (ends.get(partition) ?? 0)) open.delete(partition);
        if (open.size === 0) resolve();
      };
      consumer.run({ eachBatch, autoCommit: false }).catch(reject);
    });
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
  }
  const unique = new Map(records.map((record) => [`${record.partition}:${record.offset}`, record]));
  return [...unique.values()].filter(({ partition, offset }) => offset < (ends.get(partition) ?? 0));
}

function recordOf(partition: number, message: kafkajs.KafkaMessage): LoggedRecord {
  const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
  const { key, value, offset } = message;
  return { partition, offset: Number(offset), key, value, headers: Object.fromEntries(headers) };
}
