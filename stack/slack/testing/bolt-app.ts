import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { App } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import type { SlackStandin } from '../start.ts';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, SILENT } from './standin-for-test.ts';

export type Transport = 'HTTP' | 'Socket Mode';

/** A real Bolt app that is connected with the stand-in by signed requests or by Socket Mode, until the test ends. */
export async function boltApp(standin: SlackStandin, transport: Transport): Promise<App> {
  const socketMode = transport === 'Socket Mode';
  const app = new App({
    token: BOT_TOKEN,
    ...(socketMode ? { appToken: APP_TOKEN, socketMode } : { signingSecret: SIGNING_SECRET }),
    clientOptions: { slackApiUrl: standin.apiUrl, retryConfig: { retries: 0 } },
    logger: SILENT,
  });
  onTestFinished(async () => void (await app.stop()));
  if (socketMode) {
    await app.start();
    return app;
  }
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  if (!server.listening) await once(server, 'listening');
  standin.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return app;
}
