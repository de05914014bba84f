import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { SchemaRegistryConfig } from '../../platform/config/schema-registry.ts';

/** What the registry answers to a request; undefined: nothing at all. */
export type Script = (request: IncomingMessage) => { status: number; body?: unknown } | undefined;

export interface ScriptedRegistry {
  readonly config: SchemaRegistryConfig;
  /** Method and path of the requests so far. */
  readonly asked: string[];
  script: Script;
}

/** An HTTP server that says what a registry would say in a situation that a real one is hard to bring into. */
export async function scriptedRegistry(script: Script): Promise<ScriptedRegistry> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    registry.asked.push(`${request.method} ${request.url}`);
    const answer = registry.script(request);
    if (answer === undefined) return;
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const { port } = server.address() as AddressInfo;
  const registry: ScriptedRegistry = {
    config: { url: `http://127.0.0.1:${port}`, authorization: null },
    asked: [],
    script,
  };
  return registry;
}
