import type { Admin, EachBatchPayload } from 'kafkajs';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../platform/clock/clock.ts';
import { loadConfig } from '../../platform/config/load.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { createRegistry } from '../../platform/metrics/registry.ts';
import type { ProcessorContext } from '../../processor/context.ts';
import { ProcessorHealth } from '../../processor/health.ts';
import { PartitionWorker } from '../../processor/ingest/partition-worker.ts';
import { Positions } from '../../processor/ingest/positions.ts';
import { createProcessorMetrics } from '../../processor/metrics.ts';
import { topicHandlers } from '../../processor/topics/handlers.ts';
import { freshDatabase } from '../support/database.ts';

test('a batch that a rebalance left over and that was not processed is not resolved', async () => {
  const { url } = await freshDatabase();
  const logger = createLogger({ program: 'test', level: 'silent' });
  const database = openDatabase({ url, poolSize: 2, program: 'test', logger });
  onTestFinished(() => database.end());
  const config = loadConfig({ DATABASE_URL: url });
  const metrics = createProcessorMetrics(createRegistry('processor', 'test'));
  const health = new ProcessorHealth();
  const context = { config, database, logger, metrics, health, clock: systemClock } as ProcessorContext;
  const [handler] = topicHandlers(config);
  const positions = new Positions();
  const nothing = () => undefined;
  const control = { seek: nothing, pause: nothing, resume: nothing };
  const worker = new PartitionWorker(context, handler!, {} as Admin, positions, control);
  await database.query(
    "INSERT INTO consumer_offsets (topic, partition, next_offset) VALUES ('orders', 0, 3)",
  );

  positions.startGeneration();
  positions.set('orders', 0, { epoch: 0, next: 0, verify: null });
  const resolved: string[] = [];
  const messages = Array.from({ length: 10 }, (_, i) => ({
    offset: String(i),
    timestamp: String(Date.UTC(2025, 2, 3)),
    key: null,
    value: Buffer.from('no event'),
    headers: {},
  }));
  await worker.onBatch({
    batch: { topic: 'orders', partition: 0, messages, lastOffset: () => '9' },
    isRunning: () => true,
    // The group changes when the batch is about to be written: the new generation reads 3 from the database.
    isStale: () => {
      if (positions.generation === 1) {
        positions.startGeneration();
        positions.set('orders', 0, { epoch: 0, next: 3, verify: null });
      }
      return false;
    },
    heartbeat: () => Promise.resolve(),
    resolveOffset: (offset: string) => void resolved.push(offset),
    commitOffsetsIfNecessary: () => Promise.resolve(),
  } as unknown as EachBatchPayload);

  expect(resolved).toEqual([]);
  expect(positions.get('orders', 0)?.next).toBe(3);
});
