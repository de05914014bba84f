import type { NextFunction, Request, Response } from 'express';
import { classifyError, messageOf } from '../errors/classify.ts';
import type { Logger } from '../logger/logger.ts';

/** An answer as RFC 9457 describes it. */
export function sendProblem(response: Response, status: number, title: string, detail: string): void {
  response
    .status(status)
    .type('application/problem+json')
    .json({ type: 'about:blank', title, status, detail });
}

/** For whatever no route answers. */
export function notFound(request: Request, response: Response): void {
  sendProblem(response, 404, 'Not found', `There is nothing at ${request.path}.`);
}

/** For whatever a route throws. The reason goes into the log, not to the caller. */
export function internalError(logger: Logger) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = clientErrorStatus(error);
    if (status === TOO_LARGE) {
      // The rest of the body is not waited for.
      response.setHeader('Connection', 'close');
      sendProblem(response, status, 'Too large', `${limitOf(error)} Send less, or in parts.`);
      return;
    }
    if (status !== null) {
      sendProblem(response, status, 'Bad request', messageOf(error));
      return;
    }
    if (classifyError(error) === 'unavailable') {
      logger.warn({ err: error, path: request.path }, 'request failed');
      sendProblem(response, 503, 'Unavailable', 'A service this answer needs is away; /readyz says which.');
      return;
    }
    logger.error({ err: error, path: request.path }, 'request failed');
    sendProblem(
      response,
      500,
      'Internal error',
      'The request could not be answered; the log of the program says why.',
    );
  };
}

const TOO_LARGE = 413;

function limitOf(error: unknown): string {
  const limit = typeof error === 'object' && error !== null && 'limit' in error ? error.limit : undefined;
  return typeof limit === 'number'
    ? `A body may have at most ${limit} bytes here.`
    : 'The body is too large.';
}

/** Express and its body parsers put a 4xx status on errors that are the caller's. */
function clientErrorStatus(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  return typeof error.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : null;
}
