import { Registry } from 'prom-client';
import { afterAll } from 'vitest';
import type { Micros } from '../../domain/time/micros.ts';
import { loadConfig } from '../../platform/config/load.ts';
import { type Database, openDatabase } from '../../platform/database/database.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import type { ProcessorContext } from '../../processor/context.ts';
import { ProcessorHealth } from '../../processor/health.ts';
import { createProcessorMetrics } from '../../processor/metrics.ts';
import { topicHandlers } from '../../processor/topics/handlers.ts';
import type { TopicHandler } from '../../processor/topics/topic-handler.ts';

export const silentLogger = createLogger({ program: 'test', level: 'silent' });

/**
 * A pool as the processor opens it, ended with the test file.
 *
 * @param program what pg_stat_activity shows after `holdfast-`
 */
export function processorDatabase(url: string, program = 'test', poolSize = 3): Database {
  const database = openDatabase({ url, poolSize, program, logger: silentLogger });
  afterAll(() => database.end());
  return database;
}

/** The handler of topic `orders` with the settings of this environment, the defaults for the rest. */
export function ordersHandlerOf(settings: Readonly<Record<string, string>> = {}): TopicHandler<unknown> {
  const handlers = topicHandlers(loadConfig(settings));
  return handlers.find((handler) => handler.topic === 'orders')!;
}

/** As much of the processor's context as processing a batch needs. */
export function batchContext(database: Database, now: Micros): ProcessorContext {
  const registry = new Registry();
  return {
    config: loadConfig({}),
    database,
    logger: silentLogger,
    registry,
    metrics: createProcessorMetrics(registry),
    health: new ProcessorHealth(),
    clock: { now: () => now },
  } as unknown as ProcessorContext;
}
