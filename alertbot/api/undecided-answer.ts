import type { Response } from 'express';
import { sendProblem } from '../../platform/health/problem-json.ts';
import type { Decision } from '../actions/decide.ts';

/**
 * Tells the caller of the API that nothing was decided, or that nobody knows.
 *
 * @param lookAt where it is seen whether it was
 */
export function answerUndecided(
  response: Response,
  kind: Exclude<Decision['kind'], 'changed'>,
  lookAt: string,
): void {
  if (kind === 'unanswered') {
    sendProblem(
      response,
      504,
      'No answer',
      `The database has not answered in time, and may have done it: look at ${lookAt}, or send it again with the same Idempotency-Key.`,
    );
    return;
  }
  response.setHeader('Retry-After', '5');
  sendProblem(
    response,
    503,
    'Unavailable',
    'The database could not be asked. Nothing has changed; send it again.',
  );
}
