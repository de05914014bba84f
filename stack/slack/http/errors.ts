import type { NextFunction, Request, Response } from 'express';
import { Refusal } from '../interact/refusal.ts';

export function nothingThere(request: Request, response: Response): void {
  response.status(404).json({ error: 'not_found', message: `There is nothing at ${request.path}.` });
}

/** Refusals and unreadable bodies are the caller's; the rest is ours, and logged. */
export function answerErrors(onLog: (line: string) => void) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof Refusal) {
      response.status(error.status).json({ error: error.code, message: error.message });
      return;
    }
    const status = statusOf(error);
    const message = error instanceof Error ? error.message : String(error);
    if (status >= 500)
      onLog(`${request.method} ${request.path}: ${error instanceof Error ? error.stack : message}`);
    response
      .status(status)
      .json({ ok: false, error: status >= 500 ? 'internal_error' : 'bad_request', message });
  };
}

/** Body parsers put a 4xx status on errors that are the caller's. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('status' in error)) return 500;
  return typeof error.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : 500;
}
