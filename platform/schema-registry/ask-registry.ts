import type { SchemaRegistryConfig } from '../config/schema-registry.ts';
import { backoffMs, sleep } from '../errors/backoff.ts';
import { messageOf } from '../errors/classify.ts';
import { jsonWithin } from '../http/json-within.ts';
import { RegistryAway } from './registry-errors.ts';

export interface Patience {
  /** Of one request, in milliseconds. */
  timeoutMs: number;
  /** Requests, the first one included, until it counts as away. */
  attempts: number;
}

export interface Question {
  method: 'GET' | 'POST' | 'PUT';
  /** Below the base, with a slash at its beginning. */
  path: string;
  body?: unknown;
}

export interface RegistryAnswer {
  status: number;
  /** Undefined: no JSON. */
  body: unknown;
}

/** More than any schema: what is longer is something else. */
const LONGEST_ANSWER_BYTES = 4 * 1024 * 1024;

const BETWEEN_ATTEMPTS = { firstMs: 100, longestMs: 1000 };

const CONTENT_TYPE = 'application/vnd.schemaregistry.v1+json';

/**
 * Asks a registry that speaks the Confluent API, again when it does not answer or is overloaded.
 *
 * @throws {RegistryAway} when no attempt brought an answer, or the login was refused
 */
export async function askRegistry(
  { url, authorization }: SchemaRegistryConfig,
  { method, path, body }: Question,
  { timeoutMs, attempts }: Patience,
): Promise<RegistryAnswer> {
  const headers: Record<string, string> = { accept: `${CONTENT_TYPE}, application/json` };
  if (authorization !== null) headers.authorization = authorization;
  if (body !== undefined) headers['content-type'] = CONTENT_TYPE;
  for (let attempt = 1; ; attempt += 1) {
    let trouble: string;
    let cause: unknown;
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const { status } = response;
      const said = await jsonWithin(response, LONGEST_ANSWER_BYTES);
      if (status === 401 || status === 403)
        throw new RegistryAway(
          `the schema registry at ${url} refuses the login (${status}): set HOLDFAST_SCHEMA_REGISTRY_USER and _PASSWORD, or _TOKEN`,
        );
      if (status < 500 && status !== 429 && status !== 408) return { status, body: said };
      trouble = `answers ${status}`;
    } catch (error) {
      if (error instanceof RegistryAway) throw error;
      trouble = isTimeout(error)
        ? `does not answer within ${timeoutMs} ms`
        : `cannot be reached (${reasonOf(error)})`;
      cause = error;
    }
    if (attempt >= attempts) throw new RegistryAway(`the schema registry at ${url} ${trouble}`, cause);
    await sleep(backoffMs(attempt, BETWEEN_ATTEMPTS, Math.random));
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

/** fetch itself says only "fetch failed". */
function reasonOf(error: unknown): string {
  return messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
}
