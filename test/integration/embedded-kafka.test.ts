import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kafka, logLevel } from 'kafkajs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ensureKafkaJars } from '../../stack/install/kafka-jars.mjs';
import { startEmbeddedKafka } from '../../stack/kafka/start.ts';
import { freePorts } from '../../stack/start/ports.ts';
import { freshTopicPrefix, kafkaBrokers, privateBroker } from '../support/kafka.ts';
import { createTopic, withAdmin } from '../support/kafka-client.ts';
import { isRunning } from '../support/processes.ts';

function client(brokers: string): Kafka {
  return new Kafka({
    clientId: 'test',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
    retry: { retries: 12, maxRetryTime: 1_000 },
  });
}

async function produce(brokers: string, topic: string, values: readonly string[]): Promise<void> {
  const producer = client(brokers).producer();
  await producer.connect();
  try {
    await producer.send({ topic, acks: -1, messages: values.map((value) => ({ key: 'k', value })) });
  } finally {
    await producer.disconnect();
  }
}

async function consumeAll(brokers: string, topic: string, count: number): Promise<string[]> {
  const consumer = client(brokers).consumer({ groupId: freshTopicPrefix() });
  await consumer.connect();
  const values: string[] = [];
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer
        .run({
          eachMessage: async ({ message }) => {
            values.push(String(message.value));
            if (values.length === count) resolve();
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  return values;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-embedded-kafka-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('the embedded Kafka', () => {
  test('carries records of 4 MiB and takes a new consumer group', async () => {
    const topic = `${freshTopicPrefix()}big`;
    await createTopic(kafkaBrokers(), { topic, numPartitions: 1 });
    await produce(kafkaBrokers(), topic, ['x'.repeat(4 * 1024 * 1024)]);
    const [value] = await consumeAll(kafkaBrokers(), topic, 1);
    expect(value).toHaveLength(4 * 1024 * 1024);
  });

  test('does not create a topic because somebody misspelt it', async () => {
    const topic = `${freshTopicPrefix()}misspelt`;
    await withAdmin(kafkaBrokers(), async (admin) => {
      await expect(admin.fetchTopicMetadata({ topics: [topic] })).rejects.toThrow(/topic-partition/);
      expect(await admin.listTopics()).not.toContain(topic);
    });
  });

  test('keeps its records and its cluster over a stop and over a kill -9', async () => {
    const broker = await privateBroker();
    await createTopic(broker.brokers, { topic: 'kept', numPartitions: 1 });
    const { clusterId } = await withAdmin(broker.brokers, (admin) => admin.describeCluster());
    await produce(broker.brokers, 'kept', ['one']);

    await broker.stop();
    await broker.start();
    await produce(broker.brokers, 'kept', ['two']);

    await broker.kill();
    await broker.start();
    await produce(broker.brokers, 'kept', ['three']);

    expect(await consumeAll(broker.brokers, 'kept', 3)).toEqual(['one', 'two', 'three']);
    expect((await withAdmin(broker.brokers, (admin) => admin.describeCluster())).clusterId).toBe(clusterId);
  });

  test('dies with its supervisor when that is killed with SIGKILL', async () => {
    const dataDir = await temporaryFolder();
    const [port, controllerPort] = await freePorts(2);
    const script = fileURLToPath(new URL('../support/broker-host.ts', import.meta.url));
    const options = { dataDir, port, controllerPort, libsDir: await ensureKafkaJars() };
    const supervisor = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void supervisor.kill('SIGKILL'));
    const [line] = (await once(supervisor.stdout, 'data')) as [Buffer];
    const brokerPid = Number(line);
    expect(isRunning(brokerPid)).toBe(true);

    supervisor.kill('SIGKILL');
    await expect.poll(() => isRunning(brokerPid), { timeout: 5_000, interval: 50 }).toBe(false);
  });

  test('names the port that is taken', async () => {
    const [port, controllerPort] = (await freePorts(2)) as [number, number];
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    onTestFinished(() => void squatter.close());
    const options = {
      dataDir: await temporaryFolder(),
      port,
      controllerPort,
      libsDir: await ensureKafkaJars(),
    };
    await expect(startEmbeddedKafka(options)).rejects.toThrow(
      new RegExp(`port ${port}: another program has it.*HOLDFAST_KAFKA_PORT`),
    );
  });

  test('says what to install when there is no Java', async () => {
    const before = { PATH: process.env.PATH, JAVA_HOME: process.env.JAVA_HOME };
    onTestFinished(() => {
      process.env.PATH = before.PATH;
      if (before.JAVA_HOME !== undefined) process.env.JAVA_HOME = before.JAVA_HOME;
    });
    const libsDir = await ensureKafkaJars();
    process.env.PATH = '';
    delete process.env.JAVA_HOME;
    const [port, controllerPort] = (await freePorts(2)) as [number, number];
    const options = { dataDir: await temporaryFolder(), port, controllerPort, libsDir };
    await expect(startEmbeddedKafka(options)).rejects.toThrow(/needs Java 17 or newer; none was found/);
  });
});
