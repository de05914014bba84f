import type { Clock } from '../platform/clock/clock.ts';
import type { Config } from '../platform/config/load.ts';
import type { SlackConfig } from '../platform/config/slack.ts';
import { openDatabase } from '../platform/database/database.ts';
import { ErrorCounts } from '../platform/errors/error-counts.ts';
import { keepErrorCounts } from '../platform/errors/keep-error-counts.ts';
import { closeServer, listen } from '../platform/health/listen.ts';
import { Releasers } from '../platform/lifecycle/releasers.ts';
import { within } from '../platform/lifecycle/within.ts';
import type { Logger } from '../platform/logger/logger.ts';
import { countErrors } from '../platform/metrics/count-errors.ts';
import { createRegistry } from '../platform/metrics/registry.ts';
import { startTelemetry } from '../platform/tracing/telemetry.ts';
import { packageVersion } from '../platform/version.ts';
import { keepWarm } from './actions/keep-warm.ts';
import { openDecisionDatabase } from './actions/open-decision-database.ts';
import { Heartbeat } from './alertmanager/heartbeat.ts';
import { watchHeartbeat } from './alertmanager/watch-heartbeat.ts';
import { startDelivery } from './delivery/delivery.ts';
import { greetSlack } from './greet-slack.ts';
import { AlertbotHealth } from './health.ts';
import { createApp } from './http/app.ts';
import { forgetOldSignatures } from './http/forget-old-signatures.ts';
import { ANSWER_WITHIN_MS } from './http/inbound-request.ts';
import { listenToSlack } from './http/listen-to-slack.ts';
import type { InteractionContext } from './interactions/interaction-context.ts';
import { Operators } from './interactions/operators.ts';
import { createAlertbotMetrics } from './metrics.ts';
import { createSlackClient } from './slack-client.ts';

/** Longest a statement may take that nobody waits for. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** How long a stop waits for requests under way, and for the database to take leave. Milliseconds. */
const STOP_PART_WITHIN_MS = 300;

/** How long it waits for calls of Slack under way. What has not ended by then is found out about at the next start. */
const DELIVERY_WITHIN_MS = 700;

export interface AlertbotOptions {
  /** What the logger counts into. */
  errors?: ErrorCounts;
  /** False: what people do is answered, but no message is sent or updated. */
  delivers?: boolean;
  /** How long Slack may wait for an answer, in milliseconds; ANSWER_WITHIN_MS unless told. */
  answerWithinMs?: number;
}

/**
 * Starts the alertbot: HTTP first, so that health can be asked for from the beginning; then it waits for Slack and the
 * database as long as it takes.
 */
export async function startAlertbot(
  config: Config & { slack: SlackConfig },
  logger: Logger,
  clock: Clock,
  options: AlertbotOptions = {},
): Promise<{ stop: () => Promise<void> }> {
  const releasers = new Releasers(logger);
  try {
    const version = packageVersion();
    const telemetry = startTelemetry({ program: 'alertbot', version, tracesEndpoint: config.tracesEndpoint });
    releasers.push('telemetry', () => within(STOP_PART_WITHIN_MS, telemetry.stop()));
    const database = openDatabase({
      url: config.database.url,
      poolSize: config.database.poolSize,
      program: 'alertbot',
      logger,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    });
    releasers.push('database', () => within(STOP_PART_WITHIN_MS, database.end()));
    const errors = options.errors ?? new ErrorCounts('alertbot', () => clock.now() / 1000);
    const counting = keepErrorCounts(database, errors);
    releasers.push('error counts', () => within(STOP_PART_WITHIN_MS, counting.stop()));
    const decisions = openDecisionDatabase(config.database.url, logger);
    releasers.push('decisions', () => within(STOP_PART_WITHIN_MS, decisions.end()));
    const registry = createRegistry('alertbot', version);
    countErrors(registry, errors);
    const health = new AlertbotHealth();
    const slack = createSlackClient(config.slack, logger);
    const operators = new Operators({ group: config.slack.operatorsGroup, slack, logger, health });
    const context: InteractionContext = {
      config,
      database,
      decisions,
      slack,
      operators,
      logger,
      registry,
      metrics: createAlertbotMetrics(registry),
      health,
      clock,
      telemetry,
      answerWithinMs: options.answerWithinMs ?? ANSWER_WITHIN_MS,
    };
    const heartbeat = new Heartbeat();
    const listening = listenToSlack(context);
    const server = await listen(
      createApp(context, listening.routes, heartbeat),
      config.host,
      config.ports.alertbot,
      'ALERTBOT_PORT',
    );
    releasers.push('http', () => within(STOP_PART_WITHIN_MS, closeServer(server)));
    logger.info({ host: config.host, port: config.ports.alertbot, version }, 'alertbot listening');
    const warm = keepWarm(context);
    releasers.push('warm connections', warm.stop);
    releasers.push('operators', operators.keepFresh());
    releasers.push('signatures', forgetOldSignatures(context));
    releasers.push('slack', listening.start());
    releasers.push('heartbeat', watchHeartbeat(context, heartbeat));
    // Not after the greeting: what waits for Slack gets older, and has to be seen to, also while Slack is away.
    if (options.delivers ?? true) {
      const delivery = startDelivery(context);
      releasers.push('delivery', () => within(DELIVERY_WITHIN_MS, delivery.stop()));
    }
    const greeting = new AbortController();
    releasers.push('greeting', () => greeting.abort());
    void greetSlack(context, greeting.signal);
    return { stop: () => releasers.release() };
  } catch (error) {
    await releasers.release().catch(() => undefined);
    throw error;
  }
}
