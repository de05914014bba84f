import { Kafka, type KafkaMessage, logLevel } from 'kafkajs';
import { expect, onTestFinished, test } from 'vitest';
import { decodeOrderRecord } from '../../domain/records/decode-record.ts';
import { DEFAULT_INPUT_LIMITS } from '../../domain/records/json-record.ts';
import { type Config, loadConfig } from '../../platform/config/load.ts';
import { type Database, openDatabase } from '../../platform/database/database.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { processBatch } from '../../processor/ingest/process-batch.ts';
import { readPosition } from '../../processor/sql/read-position.ts';
import { topicHandlers } from '../../processor/topics/handlers.ts';
import { parseCommand } from '../../simulator/command-line/command.ts';
import { type SimulatorContext, simulate } from '../../simulator/simulate.ts';
import { verify } from '../../simulator/verify/verify.ts';
import { freshDatabase } from '../support/database.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { createTopic } from '../support/kafka-client.ts';

const PARTITIONS = 3;
const PROCESSED_AT_ONCE = 400;

function client(): Kafka {
  return new Kafka({ clientId: 'test', brokers: kafkaBrokers().split(','), logLevel: logLevel.NOTHING });
}

/** All records of a topic, by partition. */
async function readTopic(topic: string): Promise<Map<number, KafkaMessage[]>> {
  const admin = client().admin();
  await admin.connect();
  const ends = new Map(
    (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]),
  );
  await admin.disconnect();
  const read = new Map([...ends.keys()].map((partition) => [partition, [] as KafkaMessage[]]));
  const consumer = client().consumer({ groupId: freshTopicPrefix() });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const complete = () => [...ends].every(([partition, end]) => read.get(partition)?.length === end);
    consumer
      .run({
        eachMessage: async ({ partition, message }) => {
          read.get(partition)?.push(message);
          if (complete()) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return read;
}

interface Run {
  config: Config;
  database: Database;
  context: SimulatorContext;
  said: string[];
}

async function prepare({ withTopic = true } = {}): Promise<Run> {
  const { url } = await freshDatabase();
  const config = loadConfig({
    DATABASE_URL: url,
    KAFKA_BROKERS: kafkaBrokers(),
    KAFKA_TOPIC_PREFIX: freshTopicPrefix(),
  });
  if (withTopic)
    await createTopic(kafkaBrokers(), { topic: config.kafka.topics.orders, numPartitions: PARTITIONS });
  const logger = createLogger({ program: 'test', level: 'silent' });
  const database = openDatabase({ url, poolSize: 2, program: 'test', logger });
  onTestFinished(() => database.end());
  const said: string[] = [];
  const terminal = { isTTY: false, write: (text: string) => void said.push(text) };
  const context = { config, database, clock: Date.now, terminal, signal: new AbortController().signal };
  return { config, database, context, said };
}

/** What a processor does with the topic, batch by batch, partitions in turn. */
async function process({ config, database }: Run, topic: Map<number, KafkaMessage[]>): Promise<void> {
  const [handler] = topicHandlers(config).filter((one) => one.topic === 'orders');
  if (handler === undefined) throw new Error('nobody handles the topic orders');
  const longest = Math.max(...[...topic.values()].map((messages) => messages.length));
  for (let from = 0; from < longest; from += PROCESSED_AT_ONCE) {
    for (const [partition, messages] of topic) {
      const records = messages.slice(from, from + PROCESSED_AT_ONCE).map((message) => ({
        offset: Number(message.offset),
        timestampMs: Number(message.timestamp),
        key: message.key,
        value: message.value,
        headers: message.headers ?? {},
      }));
      if (records.length === 0) continue;
      const { epoch, nextOffset } = await readPosition(database, 'orders', partition, 0);
      const batch = { partition, epoch, expected: nextOffset, records, refused: new Map() };
      await processBatch(database, handler, batch, Date.now() * 1_000);
    }
  }
}

test('what the simulator says it sent is in the topic, and after processing in the database', async () => {
  const run = await prepare();
  const { config, database, context } = run;
  const args = [
    '--scenario',
    'mixed,out-of-stock,user-burst',
    '--rate',
    'max',
    '--events',
    '6000',
    '--run-id',
    'IT1',
    '--quiet',
  ];
  const outcome = await simulate(parseCommand(args, Date.now()), context);
  const { sent, prefix } = outcome;
  expect(outcome).toMatchObject({ prefix: 'IT1-', stock: true, refused: 0 });
  expect(sent.records).toBe(6_000);
  for (const reason of ['FUL-VALID', 'FUL-INV', 'FUL-FRAUD-USER', 'FUL-FRAUD-PROD'] as const) {
    expect(sent.holds[reason], reason).toBeGreaterThan(0);
  }

  const topic = await readTopic(config.kafka.topics.orders);
  const messages = [...topic.values()].flat();
  const kinds = messages.map(
    ({ value }) => decodeOrderRecord(value, Date.now() * 1_000, DEFAULT_INPUT_LIMITS).kind,
  );
  expect(messages).toHaveLength(sent.records);
  expect(kinds.filter((kind) => kind === 'event')).toHaveLength(sent.accepted);
  expect(messages.every(({ key }) => key?.toString().startsWith(prefix))).toBe(true);

  const endOffsets = new Map([...topic].map(([partition, { length }]) => [partition, length]));
  const check = (claimed: typeof sent) =>
    verify({
      ...context,
      ...{ database, prefix, sent: claimed, endOffsets, stock: true, retried: false },
      say: () => undefined,
    });
  await process(run, topic);
  const { comparisons, ok } = await check(sent);
  expect(comparisons.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  expect(ok).toBe(true);

  const fewer = await check({ ...sent, events: sent.events + 1 });
  expect(fewer.ok).toBe(false);
  expect(fewer.comparisons.find(({ what }) => what === 'events')?.verdict).toBe('MISMATCH');
});

test('the catalogue is made known once, and an earlier one stays', async () => {
  const { database, context } = await prepare();
  const products = (): Promise<Record<string, number>[]> =>
    database
      .query<Record<string, number>>({
        text: `SELECT count(*) AS all, count(*) FILTER (WHERE opening_stock IS NULL) AS untracked,
                      count(*) FILTER (WHERE opening_stock <= 3) AS scarce, max(price) AS dearest FROM products`,
      })
      .then(({ rows }) => rows);
  const args = ['--rate', 'max', '--events', '50', '--products', '500', '--run-id', 'IT2', '--quiet'];
  await simulate(parseCommand(args, Date.now()), context);
  const [first] = await products();
  expect(first).toMatchObject({ all: 564, scarce: 64 });
  expect(first?.untracked).toBeGreaterThan(0);
  await database.query({ text: `UPDATE products SET price = 5e9 WHERE product_id = 'P-000001'` });
  await simulate(parseCommand(args, Date.now()), context);
  expect(await products()).toEqual([{ ...first, dearest: 5e9 }]);
});

test('it waits for the topic, and says what was sent when it is stopped', async () => {
  const { config, context, said } = await prepare({ withTopic: false });
  const controller = new AbortController();
  const args = ['--rate', '200', '--forever', '--run-id', 'IT3', '--quiet'];
  const running = simulate(parseCommand(args, Date.now()), { ...context, signal: controller.signal });
  await expect.poll(() => said.join(''), { timeout: 20_000 }).toContain('does not exist');
  await createTopic(kafkaBrokers(), { topic: config.kafka.topics.orders, numPartitions: PARTITIONS });
  setTimeout(() => controller.abort(), 3_000);
  const { sent } = await running;
  const stored = [...(await readTopic(config.kafka.topics.orders)).values()].flat();
  expect(sent.records).toBeGreaterThan(0);
  expect(stored).toHaveLength(sent.records);
});

test('without a database it sends all the same', async () => {
  const { context, said } = await prepare();
  const logger = createLogger({ program: 'test', level: 'silent' });
  const nowhere = openDatabase({
    url: 'postgres://postgres@127.0.0.1:1/none',
    poolSize: 1,
    program: 'test',
    logger,
  });
  onTestFinished(() => nowhere.end());
  const args = ['--rate', 'max', '--events', '100', '--scenario', 'out-of-stock', '--quiet'];
  const { sent, stock } = await simulate(parseCommand(args, Date.now()), { ...context, database: nowhere });
  expect({ stock, records: sent.records, short: sent.holds['FUL-INV'] }).toEqual({
    stock: false,
    records: 100,
    short: 0,
  });
  expect(said.join('')).toContain('nothing will be out of stock');
});
