import { LogLevel, type Logger as SdkLogger, WebClient, type WebClientOptions } from '@slack/web-api';
import type { SlackConfig } from '../platform/config/slack.ts';
import type { Logger } from '../platform/logger/logger.ts';

/** Longest one call of Slack's Web API, or of a response_url, may take. */
const CALL_TIMEOUT_MS = 10_000;

/**
 * How every client of Slack is made, Bolt's own included. No retries: the SDK makes three messages of one call whose
 * answers were lost. No waiting after a 429: it would stop the calls of all channels.
 */
export function slackClientOptions(slack: SlackConfig, logger: Logger): WebClientOptions {
  return {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_TIMEOUT_MS,
    allowAbsoluteUrls: false,
    fetch: (url, init) =>
      fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(CALL_TIMEOUT_MS) }),
    logger: sdkLogger(logger),
  };
}

export function createSlackClient(slack: SlackConfig, logger: Logger): WebClient {
  return new WebClient(slack.botToken, slackClientOptions(slack, logger));
}

/** Our log for Slack's libraries. What they say at debug contains tokens and whole messages, and is dropped. */
export function sdkLogger(logger: Logger): SdkLogger {
  const own = logger.child({ library: 'slack' });
  return {
    debug: () => undefined,
    info: (...parts) => own.debug(textOf(parts)),
    warn: (...parts) => own.warn(textOf(parts)),
    error: (...parts) => own.warn(textOf(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

/** Errors by their message only: their other members hold what was sent. */
function textOf(parts: readonly unknown[]): string {
  return parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
}
