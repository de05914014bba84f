import type { AddressInfo } from 'node:net';
import { afterAll, expect } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../platform/clock/clock.ts';
import { loadConfig } from '../../platform/config/load.ts';
import type { Database } from '../../platform/database/database.ts';
import { closeServer, listen } from '../../platform/health/listen.ts';
import { createRegistry } from '../../platform/metrics/registry.ts';
import { startTelemetry } from '../../platform/tracing/telemetry.ts';
import { createApp } from '../../processor/api/app.ts';
import { openApiDocument } from '../../processor/api/openapi.ts';
import { questions } from '../../processor/api/questions.ts';
import { ProcessorHealth } from '../../processor/health.ts';
import { silentLogger } from './orders-processor.ts';

export interface ApiServer {
  readonly url: string;
  /** Asks, and checks the answer against the document of the API. */
  ask<T>(path: string): Promise<T>;
  /** Asks for what is refused, and checks that the answer is a problem of this status. */
  refuse(path: string, status: number): Promise<string>;
  /** All items of a list, page by page; `between` is called after each page. */
  walk<T>(path: string, between?: () => Promise<void>): Promise<T[]>;
}

/** The HTTP side of the processor on this database, without Kafka; closed with the test file. */
export async function apiServer(database: Database): Promise<ApiServer> {
  const telemetry = startTelemetry({ program: 'processor', version: '0', tracesEndpoint: null });
  const app = createApp({
    config: loadConfig({}),
    database,
    questions: database,
    logger: silentLogger,
    registry: createRegistry('processor', '0'),
    health: new ProcessorHealth(),
    telemetry,
    clock: systemClock,
  });
  const server = await listen(app, '127.0.0.1', 0, 'PROCESSOR_PORT');
  afterAll(async () => {
    server.closeAllConnections();
    await closeServer(server);
    await telemetry.stop();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function ask<T>(path: string): Promise<T> {
    const response = await fetch(`${url}${path}`);
    const body = (await response.json()) as T & { next?: string | null; detail?: string };
    expect(`${response.status} ${body.detail ?? ''}`, path).toBe('200 ');
    const problems = answerSchema(path).safeParse(body).error?.issues ?? [];
    expect(problems, path).toEqual([]);
    const link = typeof body.next === 'string' ? `<${body.next}>; rel="next"` : null;
    expect(response.headers.get('link')).toBe(link);
    return body;
  }

  async function refuse(path: string, status: number): Promise<string> {
    const response = await fetch(`${url}${path}`);
    const body = (await response.json()) as { detail: string };
    expect(response.status, path).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(schemas.Problem!.safeParse(body).error?.issues ?? []).toEqual([]);
    expect(body).toMatchObject({ status, detail: expect.stringMatching(/./) });
    return body.detail;
  }

  async function walk<T>(path: string, between = async () => {}): Promise<T[]> {
    const items: T[] = [];
    for (let at: string | null = path; at !== null; ) {
      const page: { items: T[]; next: string | null } = await ask(at);
      items.push(...page.items);
      at = page.next;
      await between();
    }
    return items;
  }

  return { url, ask, refuse, walk };
}

const document = JSON.parse(JSON.stringify(openApiDocument('0'))) as {
  components: { schemas: Record<string, z.core.JSONSchema.JSONSchema> };
};

const schemas: Record<string, z.ZodType> = Object.fromEntries(
  Object.entries(document.components.schemas).map(([name, schema]) => [name, z.fromJSONSchema(schema)]),
);

function answerSchema(path: string): z.ZodType {
  const [place = ''] = path.split('?');
  const known = questions.find((one) =>
    new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(place),
  );
  const schema = schemas[known?.name ?? 'Order'];
  if (schema === undefined) throw new Error(`the document has no answer for ${path}`);
  return schema;
}
