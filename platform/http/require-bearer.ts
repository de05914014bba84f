import type { RequestHandler } from 'express';
import { sendProblem } from '../health/problem-json.ts';
import type { Logger } from '../logger/logger.ts';
import { bearerMatches } from '../secrets/bearer-matches.ts';
import { Refusals } from '../secrets/refusals.ts';

export interface BearerOptions {
  /** Null: every request is refused with 503. */
  token: string | null;
  /** The setting the token comes from. */
  variable: string;
  /** What has to be started again once it is set. */
  program: string;
  logger: Logger;
}

/** Lets a request pass that shows the token; the comparison takes equally long whatever is shown. Refusals are logged. */
export function requireBearer({ token, variable, program, logger }: BearerOptions): RequestHandler {
  const refusals = new Refusals(logger);
  return (request, response, next) => {
    if (token === null) {
      sendProblem(
        response,
        503,
        'Not set up',
        `${variable} is not set, so nothing is let in here: set it to a secret of at least 16 characters, start the ${program} again, and send it as "Authorization: Bearer <token>".`,
      );
      return;
    }
    if (!bearerMatches(request.headers.authorization, token)) {
      refusals.note(`the token is not the one of ${variable}`, request);
      response.setHeader('WWW-Authenticate', 'Bearer');
      const how = `Send the value of ${variable} as "Authorization: Bearer <token>".`;
      sendProblem(response, 401, 'Not allowed in', how);
      return;
    }
    next();
  };
}
