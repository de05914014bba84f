import kafkajs from 'kafkajs';
import type { Topic } from '../platform/config/variables.ts';
import { backoffMs, DEFAULT_BACKOFF, sleep } from '../platform/errors/backoff.ts';
import { messageOf } from '../platform/errors/classify.ts';
import { ensureTopics } from '../platform/kafka/topics.ts';
import { Releasers } from '../platform/lifecycle/releasers.ts';
import type { ProcessorContext } from './context.ts';
import { OrderTrafficConsumer } from './ingest/consumer.ts';
import { LagMonitor } from './lag/lag-monitor.ts';
import { reachable } from './lag/reachable.ts';
import { KafkaRelay } from './relay/kafka-relay.ts';
import { listPositions } from './sql/list-positions.ts';
import { topicHandlers } from './topics/handlers.ts';

/** Topics the processor itself writes to. */
const PRODUCED: readonly Topic[] = ['holds', 'dead-letters'];

/**
 * Runs consumer, relay and lag monitor. Comes back at once; the start is tried again until the broker is there.
 */
export function runPipeline(context: ProcessorContext): { stop: () => Promise<void> } {
  const releasers = new Releasers(context.logger);
  const stopping = new AbortController();
  const started = startPersistently(context, releasers, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await started;
      await releasers.release();
    },
  };
}

async function startPersistently(
  context: ProcessorContext,
  releasers: Releasers,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      await startOnce(context, releasers);
      return;
    } catch (error) {
      context.health.report('consumer', `waiting for Kafka: ${messageOf(error)}`);
      context.logger.warn({ err: error, attempt }, 'Kafka is not there yet');
      // The lag monitor will look after this one, but it needs Kafka to begin.
      await reachable(context, 'database', () => listPositions(context.database));
      await sleep(backoffMs(attempt, DEFAULT_BACKOFF, Math.random), signal);
    }
  }
}

async function startOnce(context: ProcessorContext, releasers: Releasers): Promise<void> {
  const { config, kafka, logger } = context;
  const handlers = topicHandlers(config);
  const topics = handlers.map((handler) => handler.topic);
  const admin = kafka.admin();
  await admin.connect();
  try {
    if (config.kafka.createTopics) {
      const created = await ensureTopics(admin, config.kafka, [...topics, ...PRODUCED]);
      if (created.length > 0) logger.info({ topics: created }, 'topics created');
    }
    const producer = kafka.producer({
      allowAutoTopicCreation: false,
      // The partitioner of the Java client, so that all producers agree on an order's partition.
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    releasers.push('admin', () => admin.disconnect());
    releasers.push('producer', () => producer.disconnect());

    const lag = new LagMonitor(context, admin, topics);
    lag.start();
    releasers.push('lag monitor', () => lag.stop());
    const relay = new KafkaRelay(context, producer);
    relay.start();
    releasers.push('relay', () => relay.stop());
    const consumer = new OrderTrafficConsumer(context, handlers, admin);
    consumer.start();
    releasers.push('consumer', () => consumer.stop());
  } catch (error) {
    await admin.disconnect().catch(() => undefined);
    throw error;
  }
}
