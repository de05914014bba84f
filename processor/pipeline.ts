import type { Topic } from '../platform/config/variables.ts';
import { backoffMs, DEFAULT_BACKOFF, sleep } from '../platform/errors/backoff.ts';
import { explainKafkaTrouble } from '../platform/kafka/explain-trouble.ts';
import { createProducer } from '../platform/kafka/producer.ts';
import { ensureTopics } from '../platform/kafka/topics.ts';
import { Releasers } from '../platform/lifecycle/releasers.ts';
import { within } from '../platform/lifecycle/within.ts';
import type { ProcessorContext } from './context.ts';
import { OrderTrafficConsumer } from './ingest/consumer.ts';
import { LagMonitor } from './lag/lag-monitor.ts';
import { reachable } from './lag/reachable.ts';
import { SilenceWatch } from './lag/silence.ts';
import { KafkaRelay } from './relay/kafka-relay.ts';
import { startSequencer } from './sequence/start-sequencer.ts';
import { listPositions } from './sql/list-positions.ts';
import { topicHandlers } from './topics/handlers.ts';

/** Topics the processor itself writes to. */
const PRODUCED: readonly Topic[] = ['anomalies', 'holds', 'actions', 'dead-letters'];

/**
 * kafkajs cannot be called off while it tries to reach a broker that is away, some 10 s: it is left, and nothing is
 * lost by that. The database waits for its transactions by itself.
 */
const LEAVE_AFTER_MS = { consumer: 5000, relay: 2000, sequencer: 2000, lag: 500 };

/**
 * Runs consumer, relay, sequencer and lag monitor. Comes back at once; the start is tried again until the broker is there.
 *
 * @param schema resolves when the database has what this build needs: nothing is read or written before
 */
export function runPipeline(
  context: ProcessorContext,
  schema: Promise<unknown>,
): { stop: () => Promise<void> } {
  const releasers = new Releasers(context.logger);
  const stopping = new AbortController();
  void startPersistently(context, schema, releasers, stopping.signal);
  return {
    // Does not wait for a start under way: kafkajs gives an attempt up only after 10 s, and it undoes itself.
    stop: () => {
      stopping.abort();
      return releasers.release();
    },
  };
}

async function startPersistently(
  context: ProcessorContext,
  schema: Promise<unknown>,
  releasers: Releasers,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      await startOnce(context, schema, releasers, signal);
      return;
    } catch (error) {
      if (signal.aborted) return;
      const reason = explainKafkaTrouble(error, context.config.kafka);
      context.health.report('consumer', `waiting for Kafka: ${reason}`);
      context.logger.warn({ err: error, reason, attempt }, 'Kafka is not there yet');
      // The lag monitor will look after this one, but it needs Kafka to begin.
      await reachable(context, 'database', () => listPositions(context.database));
      await sleep(backoffMs(attempt, DEFAULT_BACKOFF, Math.random), signal);
    }
  }
}

async function startOnce(
  context: ProcessorContext,
  schema: Promise<unknown>,
  releasers: Releasers,
  signal: AbortSignal,
): Promise<void> {
  const { config, kafka, logger } = context;
  const handlers = topicHandlers(config);
  const topics = handlers.map((handler) => handler.topic);
  const admin = kafka.admin();
  const producer = createProducer(kafka);
  try {
    await admin.connect();
    if (config.kafka.createTopics) {
      const created = await ensureTopics(admin, config.kafka, [...new Set([...topics, ...PRODUCED])]);
      if (created.length > 0) logger.info({ topics: created }, 'topics created');
    }
    await producer.connect();
    await schema;
    signal.throwIfAborted();
    releasers.push('admin', () => admin.disconnect());
    releasers.push('producer', () => producer.disconnect());

    const silence = new SilenceWatch(config.allowedLateness / 1000);
    const lag = new LagMonitor(context, admin, topics, silence);
    lag.start();
    releasers.push('lag monitor', () => within(LEAVE_AFTER_MS.lag, lag.stop()));
    const relay = new KafkaRelay(context, producer);
    relay.start();
    releasers.push('relay', () => within(LEAVE_AFTER_MS.relay, relay.stop()));
    if (config.deliveryIntelligence) {
      const sequencer = startSequencer(context, handlers, silence);
      releasers.push('sequencer', () => within(LEAVE_AFTER_MS.sequencer, sequencer.stop()));
    }
    const consumer = new OrderTrafficConsumer(context, handlers, admin);
    consumer.start();
    releasers.push('consumer', () => within(LEAVE_AFTER_MS.consumer, consumer.stop()));
  } catch (error) {
    await Promise.allSettled([admin.disconnect(), producer.disconnect()]);
    throw error;
  }
}
