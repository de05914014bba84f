import type { Clock } from '../platform/clock/clock.ts';
import type { Config } from '../platform/config/load.ts';
import { openDatabase } from '../platform/database/database.ts';
import { ErrorCounts } from '../platform/errors/error-counts.ts';
import { keepErrorCounts } from '../platform/errors/keep-error-counts.ts';
import { closeServer, listen } from '../platform/health/listen.ts';
import { createKafka } from '../platform/kafka/client.ts';
import { Releasers } from '../platform/lifecycle/releasers.ts';
import { within } from '../platform/lifecycle/within.ts';
import type { Logger } from '../platform/logger/logger.ts';
import { countErrors } from '../platform/metrics/count-errors.ts';
import { createRegistry } from '../platform/metrics/registry.ts';
import { startTelemetry } from '../platform/tracing/telemetry.ts';
import { packageVersion } from '../platform/version.ts';
import { createApp } from './api/app.ts';
import type { ProcessorContext } from './context.ts';
import { ProcessorHealth } from './health.ts';
import { registerGauges } from './lag/database-gauges.ts';
import { createProcessorMetrics } from './metrics.ts';
import { runPipeline } from './pipeline.ts';

/** Longest a statement of a batch may take; a slower one is tried again. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** How long a stop waits for the last counts of errors to be written. */
const ERROR_COUNTS_WITHIN_MS = 500;

/**
 * Starts the processor: HTTP first, so that health can be asked for from the beginning, then the pipeline, which waits
 * for database and broker as long as it takes.
 */
export async function startProcessor(
  config: Config,
  logger: Logger,
  clock: Clock,
  errors = new ErrorCounts('processor', () => clock.now() / 1000),
): Promise<{ stop: () => Promise<void> }> {
  const releasers = new Releasers(logger);
  try {
    const version = packageVersion();
    const telemetry = startTelemetry({
      program: 'processor',
      version,
      tracesEndpoint: config.tracesEndpoint,
    });
    releasers.push('telemetry', () => telemetry.stop());
    const database = openDatabase({
      url: config.database.url,
      poolSize: config.database.poolSize,
      program: 'processor',
      logger,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    });
    releasers.push('database', () => database.end());
    const counting = keepErrorCounts(database, errors);
    releasers.push('error counts', () => within(ERROR_COUNTS_WITHIN_MS, counting.stop()));
    const registry = createRegistry('processor', version);
    countErrors(registry, errors);
    const context: ProcessorContext = {
      config,
      database,
      kafka: createKafka(config.kafka, 'holdfast-processor', logger),
      logger,
      registry,
      metrics: createProcessorMetrics(registry),
      health: new ProcessorHealth(),
      telemetry,
      clock,
    };
    registerGauges(context);
    const server = await listen(createApp(context), config.host, config.ports.processor, 'PROCESSOR_PORT');
    releasers.push('http', () => closeServer(server));
    logger.info({ host: config.host, port: config.ports.processor, version }, 'processor listening');
    const pipeline = runPipeline(context);
    releasers.push('pipeline', pipeline.stop);
    return { stop: () => releasers.release() };
  } catch (error) {
    await releasers.release().catch(() => undefined);
    throw error;
  }
}
