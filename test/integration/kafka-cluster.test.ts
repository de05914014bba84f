import { Kafka, logLevel } from 'kafkajs';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../platform/config/load.ts';
import { ensureTopics } from '../../platform/kafka/topics.ts';
import { eventually } from '../support/eventually.ts';
import { consume, countRecords, createTopic, produce, withAdmin } from '../support/kafka-client.ts';
import { type PrivateCluster, privateCluster } from '../support/kafka-cluster.ts';

const TOPIC = 'replicated';

describe('three embedded brokers', () => {
  let cluster: PrivateCluster;

  beforeAll(async () => {
    const undo: (() => Promise<void>)[] = [];
    cluster = await privateCluster({ cleanUp: (one) => undo.push(one) });
    await createTopic(cluster.brokers, { topic: TOPIC, numPartitions: 1, replicationFactor: 3 });
    return async () => {
      for (const one of undo) await one();
    };
  });

  const allInSync = () =>
    eventually(
      'all replicas to be in sync',
      async () => (await cluster.partition(TOPIC, 0)).inSync.length === 3,
    );
  /** Kafka answers within 2 s that there are not enough replicas; kafkajs is told not to insist. */
  const sendOnce = async (value: string) => {
    const kafka = new Kafka({
      brokers: cluster.brokers.split(','),
      logLevel: logLevel.NOTHING,
      retry: { retries: 1 },
    });
    const producer = kafka.producer();
    try {
      await producer.connect();
      await producer.send({ topic: TOPIC, acks: -1, timeout: 2_000, messages: [{ value }] });
    } finally {
      await producer.disconnect();
    }
  };
  const topicsOf = (settings: Record<string, string>) => {
    const { kafka } = loadConfig({ KAFKA_BROKERS: cluster.brokers, ...settings });
    return withAdmin(cluster.brokers, (admin) => ensureTopics(admin, kafka, ['orders']));
  };
  const values = async (count: number) =>
    (await consume(cluster.brokers, TOPIC, count)).map(({ value }) => String(value));

  test('the processor makes topics of three copies unless told otherwise', async () => {
    expect(await topicsOf({})).toEqual(['orders']);
    expect((await cluster.partition('orders', 0)).inSync).toEqual([1, 2, 3]);
    expect(await topicsOf({ KAFKA_TOPIC_PREFIX: 'one-', HOLDFAST_REPLICATION_FACTOR: '1' })).toEqual([
      'one-orders',
    ]);
    expect((await cluster.partition('one-orders', 0)).inSync).toHaveLength(1);
    await expect(topicsOf({ KAFKA_TOPIC_PREFIX: 'four-', HOLDFAST_REPLICATION_FACTOR: '4' })).rejects.toThrow(
      'HOLDFAST_REPLICATION_FACTOR is 4, and 3 of the brokers can be seen',
    );
  });

  test('producing and consuming go on when the leader is killed, and it comes back in sync', async () => {
    await produce(cluster.brokers, TOPIC, [{ value: 'before' }]);
    await allInSync();
    const leader = await cluster.leaderOf(TOPIC, 0);

    await cluster.kill(leader);
    await produce(cluster.brokers, TOPIC, [{ value: 'without it' }]);
    expect(await cluster.leaderOf(TOPIC, 0)).not.toBe(leader);
    expect((await cluster.partition(TOPIC, 0)).inSync).not.toContain(leader);
    expect(await values(2)).toEqual(['before', 'without it']);

    await cluster.start(leader);
    await allInSync();
  });

  test('another controller takes over when the active one is killed', async () => {
    const controller = await cluster.controller();
    await cluster.kill(controller);
    expect(await cluster.controller()).not.toBe(controller);
    await produce(cluster.brokers, TOPIC, [{ value: 'another controller' }]);
    expect(await values(3)).toEqual(['before', 'without it', 'another controller']);
    await cluster.start(controller);
    await allInSync();
  });

  test('nothing is taken for certain while two of three are gone, and all that was is there when they are back', async () => {
    const leader = await cluster.leaderOf(TOPIC, 0);
    const others = cluster.nodeIds.filter((nodeId) => nodeId !== leader);
    await Promise.all(others.map(cluster.kill));
    await expect(sendOnce('not acknowledged')).rejects.toThrow();

    await Promise.all(others.map(cluster.start));
    await produce(cluster.brokers, TOPIC, [{ value: 'all there' }]);
    await allInSync();
    const stored = await values(await countRecords(cluster.brokers, TOPIC));
    expect(stored.filter((value) => value !== 'not acknowledged')).toEqual([
      'before',
      'without it',
      'another controller',
      'all there',
    ]);
  });
});
