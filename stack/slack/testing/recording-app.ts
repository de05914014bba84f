import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { isObject, type JsonObject } from '../json.ts';
import type { SlackStandin } from '../start.ts';

export interface RecordingApp {
  /** What came, oldest first: the payload of interactions, the fields of commands, the JSON of events. */
  received: JsonObject[];
  /** What is answered from now on. */
  answer: { status: number; body: string };
  /** The trigger_id of the last payload. */
  trigger(): string;
}

/** The plainest app there is: it keeps what it gets, and answers what it is told to. */
export async function recordingApp(standin: SlackStandin): Promise<RecordingApp> {
  const app: RecordingApp = {
    received: [],
    answer: { status: 200, body: '' },
    trigger: () => String(app.received.at(-1)?.trigger_id),
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    app.received.push(payloadOf(body));
    response.writeHead(app.answer.status).end(app.answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  standin.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return app;
}

function payloadOf(body: string): JsonObject {
  if (body.startsWith('{')) return JSON.parse(body) as JsonObject;
  const fields = Object.fromEntries(new URLSearchParams(body));
  const payload: unknown = fields.payload === undefined ? fields : JSON.parse(fields.payload);
  return isObject(payload) ? payload : {};
}
