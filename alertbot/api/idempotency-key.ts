import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { sendProblem } from '../../platform/health/problem-json.ts';

const LONGEST_KEY = 200;

/**
 * What the header Idempotency-Key makes this request known by; null: it has none. The same key may serve for another
 * decision. Undefined: it is none that can be, and then the caller has been told.
 */
export function idempotencyKeyOf(
  request: Request,
  response: Response,
  decision: string,
): string | null | undefined {
  const key = request.get('Idempotency-Key');
  if (key === undefined) return null;
  if (key === '' || key.length > LONGEST_KEY) {
    sendProblem(response, 400, 'Bad request', `Idempotency-Key has to have 1 to ${LONGEST_KEY} characters.`);
    return undefined;
  }
  return `api-${createHash('sha256').update(`${decision} ${key}`).digest('hex')}`;
}
