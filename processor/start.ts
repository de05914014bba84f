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
import { STATEMENT_TIMEOUT_MS as QUESTION_TIMEOUT_MS } from './api/question-routes.ts';
import type { ProcessorContext } from './context.ts';
import { ProcessorHealth } from './health.ts';
import { createReaders } from './ingest/create-readers.ts';
import { registerGauges } from './lag/database-gauges.ts';
import { createProcessorMetrics } from './metrics.ts';
import { startWork } from './work.ts';

/** Longest a statement of a batch may take; a slower one is tried again. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** So many questions are answered at the same time; the next ones wait. */
const QUESTION_CONNECTIONS = 3;

/** How long a stop waits for the last counts of errors to be written. */
const ERROR_COUNTS_WITHIN_MS = 500;

/**
 * Starts the processor: HTTP first, so that health can be asked for from the beginning, then its work, which waits for
 * the database, its schema and the broker as long as it takes.
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
    const questions = openDatabase({
      url: config.database.url,
      poolSize: QUESTION_CONNECTIONS,
      program: 'processor-api',
      logger,
      statementTimeoutMs: QUESTION_TIMEOUT_MS,
    });
    releasers.push('questions', () => questions.end());
    const counting = keepErrorCounts(database, errors);
    releasers.push('error counts', () => within(ERROR_COUNTS_WITHIN_MS, counting.stop()));
    const registry = createRegistry('processor', version);
    countErrors(registry, errors);
    const metrics = createProcessorMetrics(registry);
    const context: ProcessorContext = {
      config,
      database,
      questions,
      kafka: createKafka(config.kafka, 'holdfast-processor', logger),
      readers: createReaders(config, metrics),
      logger,
      registry,
      metrics,
      health: new ProcessorHealth(),
      telemetry,
      clock,
    };
    registerGauges(context);
    const server = await listen(createApp(context), config.host, config.ports.processor, 'PROCESSOR_PORT');
    releasers.push('http', () => closeServer(server));
    logger.info({ host: config.host, port: config.ports.processor, version }, 'processor listening');
    releasers.push('work', startWork(context).stop);
    return { stop: () => releasers.release() };
  } catch (error) {
    await releasers.release().catch(() => undefined);
    throw error;
  }
}
