import { expect, test } from 'vitest';
import type { DecodedRecord } from '../../domain/records/decode-record.ts';
import { readJsonRecord } from '../../domain/records/json-record.ts';
import { Rejection } from '../../domain/records/rejection.ts';
import { identifier, time } from '../../domain/records/typed-members.ts';
import type { Micros } from '../../domain/time/micros.ts';
import { systemClock } from '../../platform/clock/clock.ts';
import { loadConfig } from '../../platform/config/load.ts';
import { createKafka } from '../../platform/kafka/client.ts';
import { createRegistry } from '../../platform/metrics/registry.ts';
import { startTelemetry } from '../../platform/tracing/telemetry.ts';
import type { ProcessorContext } from '../../processor/context.ts';
import { ProcessorHealth } from '../../processor/health.ts';
import { OrderTrafficConsumer } from '../../processor/ingest/consumer.ts';
import { createReaders } from '../../processor/ingest/create-readers.ts';
import { createProcessorMetrics } from '../../processor/metrics.ts';
import type { TopicHandler } from '../../processor/topics/topic-handler.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { createLenientTopic, produce } from '../support/kafka-client.ts';
import { processorDatabase, silentLogger } from '../support/orders-processor.ts';

interface RiderEvent {
  riderId: string;
  state: string;
  at: Micros;
}

/** All that a new topic takes: how a value is read, when it happened, what is written. */
const ridersHandler: TopicHandler<RiderEvent> = {
  topic: 'riders',
  decode: decodeRider,
  occurredAt: (event) => event.at,
  producedAt: () => null,
  async store(connection, _place, accepted) {
    await connection.query(
      `INSERT INTO rider_states (rider_id, state) SELECT e->>0, e->>1 FROM jsonb_array_elements($1::jsonb) AS e`,
      [JSON.stringify(accepted.map(({ event }) => [event.riderId, event.state]))],
    );
    return { duplicates: 0, tooLate: 0, holdsOpened: {} };
  },
};

function decodeRider(value: Buffer | null): DecodedRecord<RiderEvent> {
  try {
    const { object, text } = readJsonRecord(value, { maxBytes: 1_000, maxDepth: 4 });
    const [riderId, state, at] = [
      identifier(object, 'rider_id'),
      identifier(object, 'state'),
      time(object, 'at'),
    ];
    if (riderId === null || state === null || at === null)
      throw new Rejection('SCHEMA_MISSING', 'incomplete');
    return { kind: 'event', event: { riderId, state, at }, text };
  } catch (error) {
    if (error instanceof Rejection) return { kind: 'rejected', type: error.type, reason: error.message };
    throw error;
  }
}

test('a topic of its own needs a handler, and nothing else', async () => {
  const prefix = freshTopicPrefix();
  const { url } = await freshDatabase();
  const database = processorDatabase(url);
  await database.query('CREATE TABLE rider_states (rider_id text, state text CHECK (state <> $$BROKEN$$))');
  await createLenientTopic(kafkaBrokers(), `${prefix}riders`, 2);
  const rider = (riderId: string, state: string) =>
    JSON.stringify({ rider_id: riderId, state, at: '2026-03-02T12:00:00Z' });
  const values = [
    ...Array.from({ length: 50 }, (_, index) => rider(`r${index}`, index % 2 === 0 ? 'ONLINE' : 'BUSY')),
    'no JSON',
    rider('refused', 'BROKEN'),
    '{"rider_id":"r1"}',
  ];
  await produce(
    kafkaBrokers(),
    `${prefix}riders`,
    values.map((value, index) => ({ value, partition: index % 2 })),
  );

  const context = contextOf(url, prefix, database);
  const admin = context.kafka.admin();
  await admin.connect();
  const consumer = new OrderTrafficConsumer(context, [ridersHandler as TopicHandler<unknown>], admin);
  consumer.start();
  try {
    await eventually('all records', async () => {
      const { rows } = await database.query('SELECT sum(next_offset) AS done FROM consumer_offsets');
      return rows[0]?.done === values.length;
    });
  } finally {
    await consumer.stop();
    await admin.disconnect();
    await context.telemetry.stop();
  }

  const { rows: states } = await database.query(
    'SELECT state, count(*) AS riders FROM rider_states GROUP BY 1 ORDER BY 1',
  );
  expect(states).toEqual([
    { state: 'BUSY', riders: 25 },
    { state: 'ONLINE', riders: 25 },
  ]);
  const { rows: raw } = await database.query(
    'SELECT topic, count(*) AS records FROM orders_raw GROUP BY topic',
  );
  expect(raw).toEqual([{ topic: 'riders', records: 50 }]);
  const { rows: rejected } = await database.query(
    `SELECT error_type, kafka_topic, count(*) AS letters FROM pipeline_error_logs JOIN kafka_outbox ON error_log_id = log_id
     GROUP BY 1, 2 ORDER BY 1`,
  );
  expect(rejected).toEqual(
    ['PARSE_ERROR', 'SCHEMA_MISSING', 'STORE_ERROR'].map((error_type) => ({
      error_type,
      kafka_topic: 'riders',
      letters: 1,
    })),
  );
  expect(await context.registry.metrics()).toMatch(/holdfast_records_consumed_total\{topic="riders".*\} 53/);
});

function contextOf(url: string, prefix: string, database: ProcessorContext['database']): ProcessorContext {
  const config = loadConfig({
    DATABASE_URL: url,
    KAFKA_BROKERS: kafkaBrokers(),
    KAFKA_TOPIC_PREFIX: prefix,
    KAFKA_GROUP_ID: `${prefix}group`,
  });
  const registry = createRegistry('test', 'none');
  const metrics = createProcessorMetrics(registry);
  return {
    config,
    database,
    questions: database,
    kafka: createKafka(config.kafka, 'test', silentLogger),
    logger: silentLogger,
    registry,
    readers: createReaders(config, metrics),
    metrics,
    health: new ProcessorHealth(),
    telemetry: startTelemetry({ program: 'test', version: 'none', tracesEndpoint: null }),
    clock: systemClock,
  };
}
