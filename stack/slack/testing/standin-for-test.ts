import { WebClient } from '@slack/web-api';
import { onTestFinished } from 'vitest';
import { type SlackStandin, type StartOptions, startSlackStandin } from '../start.ts';

export const BOT_TOKEN = 'xoxb-test';
export const APP_TOKEN = 'xapp-test';
export const SIGNING_SECRET = 'a-signing-secret';

export interface StandinForTest {
  standin: SlackStandin;
  web: WebClient;
}

/** A stand-in on a port of its own, and the real client for it; stopped when the test ends. */
export async function standinForTest(options: Partial<StartOptions> = {}): Promise<StandinForTest> {
  const standin = await startSlackStandin({
    port: 0,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    signingSecret: SIGNING_SECRET,
    postsPerSecond: null,
    updatesPerMinute: null,
    ...options,
  });
  onTestFinished(standin.stop);
  return { standin, web: webClient(standin.apiUrl) };
}

/** A client that neither waits nor tries again. */
export function webClient(apiUrl: string, token = BOT_TOKEN): WebClient {
  return new WebClient(token, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
}

/** The error of Slack a call ends with. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const { data, message } = error as { data?: { error?: string }; message: string };
    return data?.error ?? message;
  }
  return 'none';
}

const nothing = () => undefined;

export const SILENT: NonNullable<NonNullable<ConstructorParameters<typeof WebClient>[1]>['logger']> = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => 'error' as never,
  setName: nothing,
};
