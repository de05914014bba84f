import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bearerMatches } from '../../platform/alertmanager/bearer-matches.ts';
import { notificationLines } from '../../platform/alertmanager/notification-lines.ts';

const MOST_BYTES = 1024 * 1024;

export type SecondPath = { readonly url: string; readonly close: () => Promise<void> };

/** Listens for what Alertmanager cannot tell Slack, and says it where people look who started all this. */
export async function startSecondPath(token: string, say: (line: string) => void): Promise<SecondPath> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
      if (body.length > MOST_BYTES) request.destroy();
    });
    request.on('end', () => {
      const isAllowed = bearerMatches(request.headers.authorization, token);
      if (isAllowed) for (const line of linesOf(body)) say(line);
      response.writeHead(isAllowed ? 204 : 401).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function linesOf(body: string): string[] {
  try {
    return notificationLines(JSON.parse(body))
      .filter(({ isHeartbeat }) => !isHeartbeat)
      .map(({ text }) => `Alertmanager: ${text}`);
  } catch {
    return [];
  }
}
