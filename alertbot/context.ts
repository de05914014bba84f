import type { WebClient } from '@slack/web-api';
import type { Registry } from 'prom-client';
import type { Clock } from '../platform/clock/clock.ts';
import type { Config } from '../platform/config/load.ts';
import type { SlackConfig } from '../platform/config/slack.ts';
import type { Database } from '../platform/database/database.ts';
import type { Logger } from '../platform/logger/logger.ts';
import type { Telemetry } from '../platform/tracing/telemetry.ts';
import type { AlertbotHealth } from './health.ts';
import type { AlertbotMetrics } from './metrics.ts';

/** Everything the parts of the alertbot share, built once at the start and passed down. */
export interface AlertbotContext {
  config: Config & { slack: SlackConfig };
  /** For whatever is not an answer to a click: those have connections of their own. */
  database: Database;
  /** Does not retry and does not queue after a 429: who calls decides what to do. */
  slack: WebClient;
  logger: Logger;
  registry: Registry;
  metrics: AlertbotMetrics;
  health: AlertbotHealth;
  clock: Clock;
  telemetry: Telemetry;
}
