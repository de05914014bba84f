import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../../platform/database/database.ts';
import { insertWebhooks } from '../../../processor/webhooks/sql/insert-webhooks.ts';

/** Somebody whom Holdfast calls, and a source of calls: one is put into the outbox at a time, as a decision would do it. */
export interface WebhookStage {
  readonly url: string;
  /** Keeps putting calls into the outbox until the signal fires; one that the database did not confirm is tried again. */
  feed(database: Database, everyMs: number, signal: AbortSignal): Promise<void>;
  /** Keys of the calls that are in the outbox for certain. */
  wanted(): readonly string[];
  /** Keys of the calls that came, each as often as it came. */
  received(): readonly string[];
  stop(): void;
}

export async function startWebhookReceiver(): Promise<WebhookStage> {
  const received: string[] = [];
  const wanted: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      received.push(String((JSON.parse(body) as { data: { key: unknown } }).data.key));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    async feed(database, everyMs, signal) {
      for (let n = 1; !signal.aborted; ) {
        const key = `chaos-${n}`;
        const call = { kind: 'chaos.tick', target: 'operations', payload: { key }, idempotencyKey: key };
        const isKept = await insertWebhooks(database, [call]).then(
          () => true,
          () => false,
        );
        if (isKept) {
          wanted.push(key);
          n += 1;
        }
        await sleep(everyMs, undefined, { signal }).catch(() => undefined);
      }
    },
    wanted: () => wanted,
    received: () => received,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
