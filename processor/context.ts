import type { Kafka } from 'kafkajs';
import type { Registry } from 'prom-client';
import type { EventReaders } from '../platform/avro/event-readers.ts';
import type { Clock } from '../platform/clock/clock.ts';
import type { Config } from '../platform/config/load.ts';
import type { Database } from '../platform/database/database.ts';
import type { Logger } from '../platform/logger/logger.ts';
import type { Telemetry } from '../platform/tracing/telemetry.ts';
import type { ProcessorHealth } from './health.ts';
import type { ProcessorMetrics } from './metrics.ts';

/** Everything the parts of the processor share, built once in main.ts and passed down. */
export interface ProcessorContext {
  config: Config;
  database: Database;
  /** Connections of their own for questions asked by HTTP: they may keep each other waiting, but no batch. */
  questions: Database;
  kafka: Kafka;
  /** Of Avro values. */
  readers: EventReaders;
  logger: Logger;
  registry: Registry;
  metrics: ProcessorMetrics;
  health: ProcessorHealth;
  telemetry: Telemetry;
  clock: Clock;
}
