import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../platform/database/database.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import {
  acceptLoss,
  type OffsetsContext,
  rewind,
  startEpoch,
  viewPartitions,
} from '../../processor/offsets/commands.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { kafkaBrokers } from '../support/kafka.ts';
import { produce, testKafka } from '../support/kafka-client.ts';
import { type RunningProcessor, runProcessor } from '../support/running-processor.ts';

const ORDERS = 12;

let database: TestDatabase;
let processor: RunningProcessor;
let context: OffsetsContext;

beforeAll(async () => {
  database = await freshDatabase();
  processor = await runProcessor({
    databaseUrl: database.url,
    brokers: kafkaBrokers(),
    cleanUp: (undo) => afterAll(undo),
  });
  const admin = testKafka(kafkaBrokers()).admin();
  await admin.connect();
  const logger = createLogger({ program: 'test', level: 'silent' });
  const pool = openDatabase({ url: database.url, poolSize: 2, program: 'test', logger });
  afterAll(async () => {
    await admin.disconnect();
    await pool.end();
  });
  const topicName = processor.config.kafka.topics.orders;
  context = { database: pool, admin, topic: 'orders', topicName, actor: 'tester' };
  await eventually('the topic', async () => (await admin.listTopics()).includes(topicName));
  await send(ORDERS);
  await eventually('all orders', async () => (await rows('orders_raw')) === ORDERS);
});

async function send(count: number): Promise<void> {
  const occurredAt = new Date().toISOString();
  await produce(
    kafkaBrokers(),
    processor.config.kafka.topics.orders,
    Array.from({ length: count }, (_, n) => ({
      key: `o-${n}`,
      value: JSON.stringify({
        order_id: `o-${n}`,
        event_type: 'PAID',
        occurred_at: occurredAt,
        event_id: `e-${n}`,
      }),
    })),
  );
}

async function rows(table: string): Promise<number> {
  const { rows: counted } = await context.database.query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`);
  return counted[0]?.n ?? 0;
}

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${processor.url}/metrics`)).text();
  const values = text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && !/topic="(holds|actions)"/.test(line));
  return values.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

test('a rewind is followed by a running processor although no new record comes, and changes nothing', async () => {
  const lines = await rewind(context, null);
  expect(lines).toHaveLength(3);
  await eventually(
    'everything to be read again',
    async () => (await metric('holdfast_records_consumed_total')) === 2 * ORDERS,
  );
  expect(await metric('holdfast_records_duplicate_total')).toBe(ORDERS);
  expect([await rows('orders_raw'), await rows('events'), await rows('orders')]).toEqual([
    ORDERS,
    ORDERS,
    ORDERS,
  ]);
});

test('a new epoch keeps old and new offsets apart', async () => {
  await startEpoch(context);
  await eventually('the records of the new epoch', async () => (await rows('orders_raw')) === 2 * ORDERS);
  expect(await rows('events')).toBe(ORDERS);
  expect((await viewPartitions(context)).map((view) => view.epoch)).toEqual([1, 1, 1]);
});

test('records lost to retention stop the partition until the loss is accepted', async () => {
  await processor.stop();
  await send(ORDERS);
  const ends = await context.admin.fetchTopicOffsets(context.topicName);
  const partitions = ends.map(({ partition, high }) => ({ partition, offset: high }));
  await context.admin.deleteTopicRecords({ topic: context.topicName, partitions });
  const lost = (await viewPartitions(context)).filter((view) => view.doubt === 'BELOW_RETENTION');
  expect(lost.length).toBeGreaterThan(0);
  const again = await runProcessor({
    databaseUrl: database.url,
    brokers: kafkaBrokers(),
    prefix: processor.config.kafka.topics.orders.replace(/orders$/, ''),
  });
  const alerts = () =>
    context.database.query<{ status: string; subject: string }>(
      `SELECT status, subject FROM alerts WHERE kind = 'PIPELINE'`,
    );
  await eventually('an alert a partition', async () => (await alerts()).rows.length === lost.length);
  const [first] = lost;
  expect((await alerts()).rows.map((row) => row.subject).join('\n')).toContain(
    `offsets ${first?.position} to ${first?.low}`,
  );
  expect((await fetch(`${again.url}/readyz`)).status).toBe(503);

  expect(await acceptLoss(context, null)).toHaveLength(lost.length);
  expect((await alerts()).rows.every((row) => row.status === 'RESOLVED')).toBe(true);
  await eventually('readiness', async () => (await fetch(`${again.url}/readyz`)).status === 200);
  const before = await rows('orders_raw');
  await send(ORDERS);
  await eventually('the next records', async () => (await rows('orders_raw')) === before + ORDERS);
});
