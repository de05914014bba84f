import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { notificationLines } from '../../platform/alertmanager/notification-lines.ts';
import { bearerMatches } from '../../platform/secrets/bearer-matches.ts';

const MOST_BYTES = 1024 * 1024;

export type SecondPath = { readonly url: string; readonly close: () => Promise<void> };

/** Listens for what Alertmanager cannot tell Slack, and says it where people look who started all this. */
export async function startSecondPath(token: string, say: (line: string) => void): Promise<SecondPath> {
  const server = createServer((request, response) => {
    if (!bearerMatches(request.headers.authorization, token)) {
      response.writeHead(401, { connection: 'close' }).end();
      return;
    }
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
      if (body.length > MOST_BYTES) request.destroy();
    });
    request.on('end', () => {
      for (const line of linesOf(body)) say(line);
      response.writeHead(204).end();
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
