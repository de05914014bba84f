import type { Producer } from 'kafkajs';
import { beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../platform/config/load.ts';
import { createKafka } from '../../platform/kafka/client.ts';
import { createProducer } from '../../platform/kafka/producer.ts';
import { KafkaWriter, type WritableRecord } from '../../replay/publish/kafka-writer.ts';
import { eventually } from '../support/eventually.ts';
import { consume, countRecords, createTopic } from '../support/kafka-client.ts';
import { type PrivateCluster, privateCluster } from '../support/kafka-cluster.ts';
import { silentLogger } from '../support/orders-processor.ts';

let cluster: PrivateCluster;

beforeAll(async () => {
  const undo: (() => Promise<void>)[] = [];
  cluster = await privateCluster({ cleanUp: (one) => undo.push(one) });
  return async () => {
    for (const one of undo) await one();
  };
});

/** Partition 0 is led by broker 2, which leads partition 1 too once broker 1 was away. */
async function twoLeaders(topic: string): Promise<void> {
  await createTopic(cluster.brokers, {
    topic,
    replicaAssignment: [
      { partition: 0, replicas: [2, 3] },
      { partition: 1, replicas: [1, 2] },
    ],
    configEntries: [{ name: 'min.insync.replicas', value: '1' }],
  });
  await untilLed(topic, 1);
}

function untilLed(topic: string, leader: number): Promise<boolean> {
  return eventually(`both copies, and the leader ${leader}`, async () => {
    const state = await cluster.partition(topic, 1);
    return state.inSync.length === 2 && state.leader === leader;
  });
}

/** Broker 1 answers again, and leads nothing: who has not asked for leaders since still sends it the records of partition 1. */
async function moveLeader(topic: string): Promise<void> {
  await cluster.kill(1);
  await cluster.start(1);
  await untilLed(topic, 2);
}

async function stored(topic: string): Promise<string[]> {
  const records = await consume(cluster.brokers, topic, await countRecords(cluster.brokers, topic));
  return records.map(({ value }) => String(value));
}

/** What the outbox does: all of it again, until a call succeeds. */
async function sendUntilStored(producer: Producer, topic: string, values: readonly string[]): Promise<void> {
  const messages = values.map((value, partition) => ({ value, partition }));
  await eventually('a call that succeeds', async () => {
    await producer.send({ topic, acks: -1, messages });
    return true;
  });
}

test('a call that succeeds has stored all its records, also those of a partition whose leader has just moved', async () => {
  await twoLeaders('outbox');
  const { kafka: config } = loadConfig({ KAFKA_BROKERS: cluster.brokers });
  const producer = createProducer(createKafka(config, 'test', silentLogger));
  await producer.connect();
  try {
    await sendUntilStored(producer, 'outbox', ['zero', 'one']);
    await moveLeader('outbox');
    await sendUntilStored(producer, 'outbox', ['zero, after', 'one, after']);
  } finally {
    await producer.disconnect();
  }
  expect(new Set(await stored('outbox'))).toEqual(new Set(['zero', 'one', 'zero, after', 'one, after']));
});

test('a replay stores each record once, whoever leads its partition', async () => {
  await twoLeaders('replayed-orders');
  const { kafka } = loadConfig({ KAFKA_BROKERS: cluster.brokers, KAFKA_TOPIC_PREFIX: 'replayed-' });
  const { signal } = new AbortController();
  const say = () => undefined;
  const logger = silentLogger;
  const writer = new KafkaWriter({ kafka, clientId: 'test', topics: ['orders'], logger, signal, say });
  const record = (partition: number, value: string): WritableRecord<'orders'> => ({
    ...{ topic: 'orders', partition, key: null, value, headers: {} },
  });
  try {
    await writer.append([record(0, 'zero'), record(1, 'one'), record(1, 'another one')]);
    await moveLeader('replayed-orders');
    await writer.append([record(0, 'zero, after'), record(1, 'one, after')]);
  } finally {
    await writer.close();
  }
  expect((await stored('replayed-orders')).toSorted()).toEqual(
    ['zero', 'one', 'another one', 'zero, after', 'one, after'].toSorted(),
  );
});
