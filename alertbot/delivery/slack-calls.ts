import type { ChatPostMessageArguments, ChatUpdateArguments, WebClient } from '@slack/web-api';
import { type Micros, SECOND } from '../../domain/time/micros.ts';
import { withSpan } from '../../platform/tracing/with-span.ts';
import type { AlertbotContext } from '../context.ts';
import type { DeliveryMetrics } from './metrics.ts';
import { classifySlackError, type Failure } from './slack-outcome.ts';

export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** How long to leave Slack alone after it has refused our token. Somebody has to change something first. */
const AUTH_PAUSE: Micros = 30 * SECOND;

/** A message as it stands in a channel or a thread, as far as we look at it. */
export interface FoundMessage {
  ts: string;
  /** From our metadata; null for what is not ours. */
  key: string | null;
  hash: string | null;
}

interface RawMessage {
  ts?: string;
  metadata?: { event_payload?: Readonly<Record<string, unknown>> };
}

const PAGE_SIZE = 200;

/** The calls of the Web API that delivery makes: each is counted, none throws, and readiness learns what Slack thinks of us. */
export class SlackCalls {
  private readonly slack: WebClient;
  private readonly context: Pick<AlertbotContext, 'health' | 'logger' | 'clock'>;
  private readonly metrics: DeliveryMetrics;
  private refusedUntil: Micros = Number.NEGATIVE_INFINITY;

  constructor(
    slack: WebClient,
    context: Pick<AlertbotContext, 'health' | 'logger' | 'clock'>,
    metrics: DeliveryMetrics,
  ) {
    this.slack = slack;
    this.context = context;
    this.metrics = metrics;
  }

  /** Slack has refused our token a moment ago: there is no use in asking. */
  isRefused(now: Micros): boolean {
    return now < this.refusedUntil;
  }

  post(message: ChatPostMessageArguments): Promise<Answer<{ channel: string; ts: string }>> {
    return this.call('chat.postMessage', async () => {
      const { channel, ts } = await this.slack.chat.postMessage(message);
      return { channel: channel as string, ts: ts as string };
    });
  }

  update(message: ChatUpdateArguments): Promise<Answer<void>> {
    return this.call('chat.update', async () => {
      await this.slack.chat.update(message);
    });
  }

  delete(channel: string, ts: string): Promise<Answer<void>> {
    return this.call('chat.delete', async () => {
      await this.slack.chat.delete({ channel, ts });
    });
  }

  /** One page of a channel, newest first, without replies. */
  history(
    channel: string,
    oldest: Micros,
    cursor?: string,
  ): Promise<Answer<{ messages: FoundMessage[]; cursor: string | null }>> {
    return this.call('conversations.history', async () => {
      const page = await this.slack.conversations.history({
        channel,
        oldest: slackTime(oldest),
        limit: PAGE_SIZE,
        include_all_metadata: true,
        ...(cursor === undefined ? {} : { cursor }),
      });
      return pageOf(page);
    }).then((answer) => this.reportReading(channel, answer));
  }

  /** One page of a thread, oldest first. */
  replies(
    channel: string,
    ts: string,
    oldest: Micros,
    cursor?: string,
  ): Promise<Answer<{ messages: FoundMessage[]; cursor: string | null }>> {
    return this.call('conversations.replies', async () => {
      const page = await this.slack.conversations.replies({
        channel,
        ts,
        oldest: slackTime(oldest),
        limit: PAGE_SIZE,
        include_all_metadata: true,
        ...(cursor === undefined ? {} : { cursor }),
      });
      return pageOf(page);
    });
  }

  channels(
    cursor?: string,
  ): Promise<Answer<{ channels: { id: string; name: string }[]; cursor: string | null }>> {
    return this.call('conversations.list', async () => {
      const page = await this.slack.conversations.list({
        limit: 1000,
        types: 'public_channel,private_channel',
        ...(cursor === undefined ? {} : { cursor }),
      });
      return {
        channels: (page.channels ?? []).map(({ id, name }) => ({ id: id ?? '', name: name ?? '' })),
        cursor: page.response_metadata?.next_cursor || null,
      };
    });
  }

  private async call<T>(method: string, run: () => Promise<T>): Promise<Answer<T>> {
    try {
      const value = await withSpan(
        `slack ${method}`,
        { 'rpc.system': 'slack', 'rpc.method': method },
        [],
        run,
      );
      this.metrics.requests.inc({ method, outcome: 'ok' });
      this.refusedUntil = Number.NEGATIVE_INFINITY;
      this.context.health.report('slack', null);
      this.context.health.report(method, null);
      return { ok: true, value };
    } catch (error) {
      const failure = classifySlackError(error);
      this.metrics.requests.inc({ method, outcome: failure.kind });
      if (failure.kind === 'auth') this.refuse(method, failure);
      this.context.logger.warn(
        { method, kind: failure.kind, error: failure.error },
        'a call of Slack failed',
      );
      return { ok: false, failure };
    }
  }

  /** Readiness: what cannot be read cannot be found again. */
  private reportReading<T>(channel: string, answer: Answer<T>): Answer<T> {
    const unreadable = !answer.ok && answer.failure.kind === 'channel' && answer.failure.error;
    const problem = `the app cannot read channel ${channel} (${unreadable}), so it does not find its messages again: invite it`;
    this.context.health.report(`history of ${channel}`, unreadable ? problem : null);
    return answer;
  }

  private refuse(method: string, { error, needed }: Failure): void {
    // There are other ways to learn what a channel is called.
    if (method === 'conversations.list') return;
    if (needed !== null) {
      this.context.health.report(
        method,
        `the Slack app lacks the permission ${needed}: add it to the app's bot token scopes and install the app again`,
      );
      if (method.startsWith('conversations.')) return;
    } else {
      this.context.health.report(
        'slack',
        `Slack refuses the bot token (${error}): set SLACK_BOT_TOKEN to a valid one`,
      );
    }
    this.refusedUntil = this.context.clock.now() + AUTH_PAUSE;
  }
}

function pageOf(page: { messages?: RawMessage[]; response_metadata?: { next_cursor?: string } }) {
  return {
    messages: (page.messages ?? []).map(found),
    cursor: page.response_metadata?.next_cursor || null,
  };
}

function found({ ts, metadata }: RawMessage): FoundMessage {
  const payload = metadata?.event_payload;
  return { ts: ts ?? '', key: textOf(payload?.message_key), hash: textOf(payload?.hash) };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Seconds since the epoch with six decimals. */
function slackTime(at: Micros): string {
  return (Math.max(0, at) / SECOND).toFixed(6);
}
