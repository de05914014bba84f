import { systemClock } from '../platform/clock/clock.ts';
import { EXIT_CONFIG } from '../platform/config/config-error.ts';
import { configOrExit } from '../platform/config/environment.ts';
import { ErrorCounts } from '../platform/errors/error-counts.ts';
import { runUntilSignal } from '../platform/lifecycle/run-until-signal.ts';
import { createLogger } from '../platform/logger/logger.ts';
import { startAlertbot } from './start.ts';

const STOP_WITHIN_MS = 9000;

const config = configOrExit();
const { slack } = config;
if (slack === null) {
  process.stderr.write(
    'The alertbot needs Slack: set SLACK_BOT_TOKEN, and SLACK_SIGNING_SECRET (or SLACK_APP_TOKEN for Socket Mode).\n' +
      'docs/slack.md says where they come from. To try it without Slack: npm start brings a stand-in.\n',
  );
  process.exit(EXIT_CONFIG);
}
const errors = new ErrorCounts('alertbot', Date.now);
const logger = createLogger({ program: 'alertbot', level: config.logLevel, errors });

try {
  const alertbot = await startAlertbot({ ...config, slack }, logger, systemClock, { errors });
  runUntilSignal(logger, alertbot.stop, { deadlineMs: STOP_WITHIN_MS });
} catch (error) {
  logger.fatal({ err: error }, error instanceof Error ? error.message : 'could not start');
  process.exit(1);
}
