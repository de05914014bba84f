import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { classifySlackError, type Failure } from './slack-outcome.ts';

const refused = (error: string, more = {}) =>
  classifySlackError(new WebAPIPlatformError({ ok: false, error, ...more } as never));

/** What Slack's own client throws when a server answers so; null: it cuts the connection. */
async function failureOf(
  answer: { status: number; headers?: Record<string, string>; body?: string } | null,
): Promise<Failure> {
  const server = createServer((request, response) => {
    if (answer === null) request.socket.destroy();
    else response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return failureAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

function failureAt(slackApiUrl: string, timeout = 2000): Promise<Failure> {
  const logger = Object.fromEntries(
    ['debug', 'info', 'warn', 'error', 'setLevel', 'getLevel', 'setName'].map((name) => [
      name,
      () => undefined,
    ]),
  );
  const options = { slackApiUrl, timeout, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const client = new WebClient('xoxb-1', { ...options, logger: logger as never });
  return client.auth.test().then(() => {
    throw new Error('it succeeded');
  }, classifySlackError);
}

describe('classifySlackError', () => {
  it.each([
    ['invalid_blocks', 'content'],
    ['msg_too_long', 'content'],
    ['is_archived', 'channel'],
    ['is_inactive', 'channel'],
    ['channel_not_found', 'channel'],
    ['not_in_channel', 'channel'],
    ['invalid_auth', 'auth'],
    ['token_revoked', 'auth'],
    ['account_inactive', 'auth'],
    ['missing_scope', 'auth'],
    ['message_not_found', 'missing'],
    ['thread_not_found', 'missing'],
    ['cant_update_message', 'unchangeable'],
    ['edit_window_closed', 'unchangeable'],
    ['internal_error', 'unknown'],
    ['fatal_error', 'unknown'],
    ['service_unavailable', 'unknown'],
    ['request_timeout', 'busy'],
    ['something_nobody_has_heard_of', 'refused'],
  ])('%s is %s', (error, kind) => {
    expect(refused(error)).toMatchObject({ kind, error, retryAfter: null });
  });

  it('names the permission that is missing', () => {
    expect(refused('missing_scope', { needed: 'channels:history' }).needed).toBe('channels:history');
    expect(refused('missing_scope').needed).toBeNull();
  });

  it('waits for as long as Slack says, else for half a minute', async () => {
    expect(await failureOf({ status: 429, headers: { 'retry-after': '7' } })).toMatchObject({
      kind: 'ratelimited',
      retryAfter: 7,
    });
    expect(await failureOf({ status: 429 })).toMatchObject({ kind: 'ratelimited', retryAfter: 30 });
    expect(refused('ratelimited')).toMatchObject({ kind: 'ratelimited', retryAfter: 30 });
  });

  it.each([
    [500, 'unknown'],
    [502, 'unknown'],
    [503, 'unknown'],
    [408, 'unknown'],
    [404, 'busy'],
    [403, 'busy'],
  ])('HTTP %d is %s', async (status, kind) => {
    expect(await failureOf({ status })).toMatchObject({ kind, error: `http ${status}` });
  });

  it('knows nothing when the connection is cut, or the answer cannot be read', async () => {
    expect(await failureOf(null)).toMatchObject({ kind: 'unknown' });
    expect(await failureOf({ status: 200, body: '<html>' })).not.toMatchObject({ kind: 'unreachable' });
  });

  it('knows that nothing was sent when nobody was there', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await failureAt(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'unreachable' });
    expect(await failureAt('http://no-such-host.invalid/')).toMatchObject({ kind: 'unreachable' });
  });

  it('knows nothing after a time-out', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await failureAt(url, 50)).toMatchObject({ kind: 'unknown' });
  });

  it('is total', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(classifySlackError(thrown)).toMatchObject({ kind: 'unknown' });
      }),
    );
    fc.assert(
      fc.property(fc.string(), (error) => void expect(refused(error).kind).toEqual(expect.any(String))),
    );
  });
});
