import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../platform/clock/clock.ts';
import { type Config, loadConfig } from '../../platform/config/load.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { startProcessor } from '../../processor/start.ts';
import { freePorts } from '../../stack/start/ports.ts';
import { freshTopicPrefix } from './kafka.ts';

export interface RunningProcessor {
  readonly config: Config;
  /** Of its HTTP server, without a slash at the end. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export interface RunningProcessorOptions {
  readonly databaseUrl: string;
  readonly brokers: string;
  /** Settings on top. */
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Default: topics and a group that nobody else uses. */
  readonly prefix?: string;
  readonly cleanUp?: (undo: () => Promise<void>) => void;
}

/** The processor in this process, silent, on a port of its own; stopped when the test ends. */
export async function runProcessor(options: RunningProcessorOptions): Promise<RunningProcessor> {
  const prefix = options.prefix ?? freshTopicPrefix();
  const [port] = (await freePorts(1)) as [number];
  const config = loadConfig({
    DATABASE_URL: options.databaseUrl,
    KAFKA_BROKERS: options.brokers,
    KAFKA_TOPIC_PREFIX: prefix,
    KAFKA_GROUP_ID: `${prefix}group`,
    PROCESSOR_PORT: String(port),
    HOLDFAST_PARTITIONS: '3',
    ...options.env,
  });
  const logger = createLogger({ program: 'test', level: 'silent' });
  const processor = await startProcessor(config, logger, options.clock ?? systemClock);
  (options.cleanUp ?? onTestFinished)(processor.stop);
  return { config, url: `http://127.0.0.1:${port}`, stop: processor.stop };
}
