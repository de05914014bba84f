import type { ApiError } from '../api-error.ts';
import type { JsonObject } from '../json.ts';

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: JsonObject;
}

/** What the caller gets, null being a connection that is cut, and what is noted of it. */
export interface Ended {
  result: HttpAnswer | null;
  outcome: string;
}

export function succeeded(body: JsonObject): Ended {
  return { result: answer(200, { ok: true, ...body }), outcome: 'ok' };
}

/** Slack answers its errors with HTTP 200. */
export function failed(error: ApiError, status = 200): Ended {
  const body = { ok: false, error: error.message, ...error.extra };
  return { result: answer(status, body), outcome: error.message };
}

/** https://docs.slack.dev/apis/web-api/rate-limits: HTTP 429 with the seconds to wait. */
export function rateLimited(retryAfter: number): Ended {
  const headers = { 'retry-after': String(retryAfter) };
  return { result: answer(429, { ok: false, error: 'ratelimited' }, headers), outcome: 'ratelimited' };
}

export function unavailable(status: number): Ended {
  return { result: answer(status, { ok: false }), outcome: `http ${status}` };
}

export function cut(outcome: string): Ended {
  return { result: null, outcome };
}

function answer(status: number, body: JsonObject, headers: Record<string, string> = {}): HttpAnswer {
  return { status, headers, body };
}
