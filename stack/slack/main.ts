/**
 * The Slack stand-in as a program, for `npm start` without a Slack of your own. It needs SLACK_BOT_TOKEN and
 * SLACK_SIGNING_SECRET, the same ones as the alertbot; with SLACK_APP_TOKEN it speaks Socket Mode instead of sending
 * signed requests.
 */
import { join } from 'node:path';
import { EXIT_CONFIG } from '../../platform/config/config-error.ts';
import { configOrExit } from '../../platform/config/environment.ts';
import type { Config } from '../../platform/config/load.ts';
import { runUntilSignal } from '../../platform/lifecycle/run-until-signal.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { httpBase } from '../start/http-base.ts';
import { startSlackStandin } from './start.ts';

const STOP_WITHIN_MS = 2_000;

const config = configOrExit();
const logger = createLogger({ program: 'slack-standin', level: config.logLevel });

const { slack } = config;
if (slack === null) {
  process.stderr.write(
    'The Slack stand-in needs SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET, any values, the same for the alertbot. `npm start` sets both.\n',
  );
  process.exit(EXIT_CONFIG);
}

try {
  const standin = await startSlackStandin({
    port: config.ports.slackStandin,
    host: config.host,
    botToken: slack.botToken,
    signingSecret: slack.signingSecret ?? '',
    appToken: slack.appToken,
    requestUrl: slack.appToken === null ? `${httpBase(config, config.ports.alertbot)}/slack/events` : null,
    dataFile: join(config.dataDir, 'slack-standin.jsonl'),
    channels: channelNames(slack),
    onLog: (line) => logger.warn(line),
  });
  logger.info({ url: standin.url }, 'the Slack stand-in is open');
  runUntilSignal(logger, standin.stop, { deadlineMs: STOP_WITHIN_MS });
} catch (error) {
  logger.fatal({ err: error }, error instanceof Error ? error.message : 'could not start');
  process.exit(1);
}

/** The three of the demo, and whatever else the alertbot is told to post to by name. */
function channelNames({ channels, fallbackChannel }: NonNullable<Config['slack']>): string[] {
  const configured = [...Object.values(channels), fallbackChannel ?? ''];
  const named = configured.filter((name) => name.startsWith('#')).map((name) => name.slice(1));
  return [...new Set(['holdfast', 'holdfast-fallback', 'sre', ...named])];
}
