import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../platform/config/load.ts';
import type { SlackConfig } from '../platform/config/slack.ts';
import { startSlackStandin } from '../stack/slack/start.ts';
import { createSlackClient } from './slack-client.ts';

const TOKEN = 'xoxb-very-secret-token';

async function stage() {
  const standin = await startSlackStandin({ port: 0, botToken: TOKEN, signingSecret: 's' });
  onTestFinished(standin.stop);
  const { slack } = loadConfig({
    SLACK_BOT_TOKEN: TOKEN,
    SLACK_SIGNING_SECRET: 's',
    SLACK_API_URL: standin.apiUrl,
  });
  let log = '';
  const logger = pino({ level: 'trace' }, { write: (line: string) => (log += line) });
  return { standin, client: createSlackClient(slack as SlackConfig, logger), log: () => log };
}

it.each([
  ['an HTTP error', { kind: 'http', status: 503 } as const],
  ['a lost answer', { kind: 'drop_after_store' } as const],
  ['a 429', { kind: 'ratelimited', retry_after: 30 } as const],
])('makes one call, and fails at once, after %s', async (_name, fault) => {
  const { standin, client } = await stage();
  standin.faults.set({ ...fault, method: 'chat.postMessage' });
  await expect(client.chat.postMessage({ channel: '#holdfast', text: 'once' })).rejects.toThrow();
  const counts = Object.values(standin.callCounts()['chat.postMessage'] ?? {});
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
});

it('writes no token into the log, whatever the level', async () => {
  const { standin, client, log } = await stage();
  await client.auth.test();
  standin.faults.set({ kind: 'http', status: 500, method: '*' });
  await client.auth.test().catch(() => undefined);
  await standin.stop();
  await client.auth.test().catch(() => undefined);
  expect(log()).toContain('http request failed');
  expect(log()).not.toContain(TOKEN);
});
