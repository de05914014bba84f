import type { Admin, EachBatchPayload } from 'kafkajs';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../platform/clock/clock.ts';
import { loadConfig } from '../../platform/config/load.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { createRegistry } from '../../platform/metrics/registry.ts';
import type { ProcessorContext } from '../../processor/context.ts';
import { ProcessorHealth } from '../../processor/health.ts';
import { type FetchedBatch, PartitionWorker } from '../../processor/ingest/partition-worker.ts';
import { Positions, positionAt } from '../../processor/ingest/positions.ts';
import { createProcessorMetrics } from '../../processor/metrics.ts';
import { topicHandlers } from '../../processor/topics/handlers.ts';
import { freshDatabase } from '../support/database.ts';

const DAY = Date.UTC(2025, 2, 3);

interface Stage {
  worker: PartitionWorker;
  positions: Positions;
  sought: number[];
  resolved: string[];
}

/** A worker on partition 0 of `orders`, whose position in the database is `stored`. */
async function stage(stored: number): Promise<Stage> {
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
  const sought: number[] = [];
  const nothing = () => undefined;
  const seek = (_topic: string, _partition: number, offset: number) => void sought.push(offset);
  const admin = {
    fetchTopicOffsets: async () => [{ partition: 0, low: '0', high: '100' }],
  } as unknown as Admin;
  const worker = new PartitionWorker(context, handler!, admin, positions, {
    seek,
    pause: nothing,
    resume: nothing,
  });
  await database.query(
    "INSERT INTO consumer_offsets (topic, partition, next_offset) VALUES ('orders', 0, $1)",
    [stored],
  );
  positions.startGeneration();
  return { worker, positions, sought, resolved: [] };
}

/** Ten records from an offset on, as kafkajs hands them over. */
function fetched(
  { resolved, positions }: Stage,
  from: number,
  { isStale = () => false, isAhead = false }: { isStale?: () => boolean; isAhead?: boolean } = {},
): FetchedBatch {
  const messages = Array.from({ length: 10 }, (_, i) => ({
    offset: String(from + i),
    timestamp: String(DAY),
    key: null,
    value: Buffer.from('no event'),
    headers: {},
  }));
  const payload = {
    batch: {
      topic: 'orders',
      partition: 0,
      messages,
      fetchedOffset: String(from),
      lastOffset: () => String(from + 9),
    },
    isRunning: () => true,
    isStale,
    heartbeat: () => Promise.resolve(),
    resolveOffset: (offset: string) => void resolved.push(offset),
    commitOffsetsIfNecessary: () => Promise.resolve(),
  } as unknown as EachBatchPayload;
  return { payload, generation: positions.generation, at: performance.now(), isAhead };
}

test('a batch that a rebalance left over and that was not processed is not resolved', async () => {
  const one = await stage(3);
  const { positions, worker, resolved } = one;
  positions.set('orders', 0, positionAt(0, 0, null));
  // The group changes when the batch is about to be written: the new generation reads 3 from the database.
  const changing = () => {
    if (positions.generation === 1) {
      positions.startGeneration();
      positions.set('orders', 0, positionAt(0, 3, null));
    }
    return false;
  };
  await worker.onBatch(fetched(one, 0, { isStale: changing }));
  expect(resolved).toEqual([]);
  expect(positions.get('orders', 0)?.next).toBe(3);
});

test('a batch that was fetched behind the position waits until what is between was asked for, once', async () => {
  const one = await stage(3);
  const { positions, worker, sought } = one;
  positions.set('orders', 0, positionAt(0, 3, null));
  await worker.onBatch(fetched(one, 13, { isAhead: true }));
  expect(sought).toEqual([3]);
  expect(positions.get('orders', 0)?.next).toBe(3);
  // The log has nothing there but control records, which kafkajs passed over again.
  await worker.onBatch(fetched(one, 13, { isAhead: true }));
  expect(positions.get('orders', 0)?.next).toBe(23);
  await worker.onBatch(fetched(one, 23, { isAhead: true }));
  expect(sought).toEqual([3]);
  expect(positions.get('orders', 0)?.next).toBe(33);
});

test('a batch that was fetched before what is between was asked for is no answer', async () => {
  const one = await stage(3);
  const { positions, worker, sought } = one;
  positions.set('orders', 0, positionAt(0, 3, null));
  await worker.onBatch(fetched(one, 13, { isAhead: true }));
  // It had been fetched by then, and waited for its turn.
  await worker.onBatch(fetched(one, 23, { isAhead: true }));
  expect(positions.get('orders', 0)?.next).toBe(3);
  expect(sought).toEqual([3, 3]);
  await worker.onBatch(fetched(one, 3, { isAhead: true }));
  expect(positions.get('orders', 0)?.next).toBe(13);
});

test('a batch from before a seek asks for nothing', async () => {
  const one = await stage(3);
  const { positions, worker, sought } = one;
  positions.set('orders', 0, positionAt(0, 3, null));
  await worker.onBatch(fetched(one, 13, { isAhead: true, isStale: () => true }));
  await worker.onBatch(fetched(one, 23, { isAhead: true }));
  expect(sought).toEqual([3]);
  expect(positions.get('orders', 0)?.next).toBe(3);
});

test('after a quiet time the record before the position is asked for, too', async () => {
  const one = await stage(3);
  const { positions, worker, sought } = one;
  positions.set('orders', 0, positionAt(0, 3, DAY));
  await worker.onBatch(fetched(one, 3));
  expect(sought).toEqual([2]);
  expect(positions.get('orders', 0)?.next).toBe(3);
  await worker.onBatch(fetched(one, 2));
  expect(positions.get('orders', 0)?.next).toBe(12);
  // No time has gone by since.
  await worker.onBatch(fetched(one, 12));
  expect(sought).toEqual([2]);
  expect(positions.get('orders', 0)?.next).toBe(22);
});

test('the record before the position is asked for once: it may be there no more', async () => {
  const one = await stage(3);
  const { positions, worker, sought } = one;
  positions.set('orders', 0, positionAt(0, 3, DAY));
  await worker.onBatch(fetched(one, 3));
  await worker.onBatch({ ...fetched(one, 3), at: performance.now() + 10_000 });
  expect(sought).toEqual([2]);
  expect(positions.get('orders', 0)?.next).toBe(13);
});
