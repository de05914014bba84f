import express, { type Express, type Response } from 'express';
import { internalError, notFound, sendProblem } from '../../platform/health/problem-json.ts';
import { requireBearer } from '../../platform/http/require-bearer.ts';
import { createWebApp } from '../../platform/http/web-app.ts';
import type { Logger } from '../../platform/logger/logger.ts';
import type { ControlCommand } from './commands.ts';
import { readSpeed, readStep } from './requests.ts';

export interface ControlContext {
  /** Null: nothing may be changed. */
  token: string | null;
  logger: Logger;
  /** Added to a time that has no offset, as `-03:00`. */
  utcOffset: string;
  status(): Record<string, unknown>;
  /** @throws {RangeError} when it cannot be done, saying why */
  command(command: ControlCommand): void;
}

/** `GET /status`; `POST /pause`, `/resume`, `/speed`, `/step`, which ask for HOLDFAST_API_TOKEN and answer the status. */
export function controlApp(context: ControlContext): Express {
  const app = createWebApp();
  app.get('/status', (_request, response) => void response.json(context.status()));
  const { token, logger } = context;
  const allowed = requireBearer({ token, variable: 'HOLDFAST_API_TOKEN', program: 'replay', logger });
  app.use(['/pause', '/resume', '/speed', '/step'], allowed);
  app.use(express.json({ limit: '4kb', type: () => true }));
  const answer = (response: Response, read: ControlCommand | { problem: string }) => {
    if ('problem' in read) {
      sendProblem(response, 400, 'Bad request', `${read.problem}.`);
      return;
    }
    try {
      context.command(read);
      response.json(context.status());
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      sendProblem(response, 409, 'Not possible', `${error.message}.`);
    }
  };
  app.post('/pause', (_request, response) => answer(response, { name: 'pause' }));
  app.post('/resume', (_request, response) => answer(response, { name: 'resume' }));
  app.post('/speed', (request, response) => answer(response, readSpeed(request.body)));
  app.post('/step', (request, response) => answer(response, readStep(request.body, context.utcOffset)));
  app.use(notFound);
  app.use(internalError(context.logger));
  return app;
}
