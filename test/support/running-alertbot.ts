import { onTestFinished } from 'vitest';
import { messageSettings } from '../../alertbot/message-settings.ts';
import type { SlackMessage } from '../../alertbot/messages/slack-message.ts';
import { createSlackClient } from '../../alertbot/slack-client.ts';
import { startAlertbot } from '../../alertbot/start.ts';
import { type Clock, systemClock } from '../../platform/clock/clock.ts';
import { type Config, loadConfig } from '../../platform/config/load.ts';
import type { SlackConfig } from '../../platform/config/slack.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { type SlackStandin, startSlackStandin } from '../../stack/slack/start.ts';
import { freePorts } from '../../stack/start/ports.ts';
import { eventually } from './eventually.ts';

export const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
export const API_TOKEN = 'api-token-of-this-test';
export const WEBHOOK_TOKEN = 'webhook-token-of-this-test';
const BOT_TOKEN = 'xoxb-token-of-this-test';
const PATIENCE_MS = 60_000;
const APP_TOKEN = 'xapp-token-of-this-test';

export interface RunningAlertbot {
  readonly config: Config & { slack: SlackConfig };
  /** Of its HTTP server, without a slash at the end. */
  readonly url: string;
  readonly standin: SlackStandin;
  /** Posts a message as the alertbot would, so that its buttons can be pressed. */
  post(message: SlackMessage, channel?: string): Promise<{ channel: string; ts: string }>;
  readonly stop: () => Promise<void>;
}

export interface RunningAlertbotOptions {
  readonly databaseUrl: string;
  /** Settings on top. */
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly socketMode?: boolean;
  readonly cleanUp?: (undo: () => Promise<void>) => void;
  /** False: nothing is delivered; what people do is answered all the same. */
  readonly delivers?: boolean;
  /** Slack waits 3 s, and no longer. Otherwise it is patient: how fast this machine is proves nothing. */
  readonly slackIsStrict?: boolean;
}

/** Slack's stand-in and the alertbot in this process, silent, on ports of their own; stopped when the test ends. */
export async function runAlertbot(options: RunningAlertbotOptions): Promise<RunningAlertbot> {
  const cleanUp = options.cleanUp ?? onTestFinished;
  const [port] = (await freePorts(1)) as [number];
  const url = `http://127.0.0.1:${port}`;
  const standin = await startSlackStandin({
    port: 0,
    botToken: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    appToken: APP_TOKEN,
    requestUrl: options.socketMode ? null : `${url}/slack/events`,
    postsPerSecond: null,
    updatesPerMinute: null,
    ...(options.slackIsStrict ? {} : { deadlineMs: PATIENCE_MS, triggerLifetimeMs: PATIENCE_MS }),
  });
  const config = loadConfig({
    DATABASE_URL: options.databaseUrl,
    ALERTBOT_PORT: String(port),
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: standin.apiUrl,
    HOLDFAST_API_TOKEN: API_TOKEN,
    ALERTMANAGER_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
    HOLDFAST_LOCALE: 'en',
    ...(options.socketMode ? { SLACK_APP_TOKEN: APP_TOKEN } : {}),
    ...options.env,
  });
  if (config.slack === null) throw new Error('no Slack is configured');
  const withSlack = { ...config, slack: config.slack };
  const logger = createLogger({ program: 'test', level: process.env.TEST_LOG_LEVEL ?? 'silent' });
  const alertbot = await startAlertbot(withSlack, logger, options.clock ?? systemClock, {
    delivers: options.delivers ?? true,
    ...(options.slackIsStrict ? {} : { answerWithinMs: PATIENCE_MS }),
  });
  cleanUp(async () => {
    await alertbot.stop();
    await standin.stop();
  });
  await untilReady(url);
  const slack = createSlackClient(withSlack.slack, logger);
  return {
    config: withSlack,
    url,
    standin,
    post: async (message, channel = 'C0HOLDFAST') => {
      const { ts } = await slack.chat.postMessage({
        ...message,
        metadata: message.metadata as never,
        channel,
      });
      return { channel, ts: String(ts) };
    },
    stop: alertbot.stop,
  };
}

/** @param but parts that may have problems */
export async function untilReady(url: string, but: readonly string[] = []): Promise<void> {
  await eventually('the alertbot to be ready', async () => {
    const response = await fetch(`${url}/readyz`);
    const { problems } = (await response.json()) as { problems: Record<string, string> };
    if (Object.keys(problems).every((part) => but.includes(part))) return true;
    throw new Error(JSON.stringify(problems));
  });
}

/** What messages of this alertbot are made with. */
export function settingsOf(alertbot: RunningAlertbot) {
  return messageSettings(alertbot.config);
}
