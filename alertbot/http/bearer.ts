import type { RequestHandler } from 'express';
import { sendProblem } from '../../platform/health/problem-json.ts';
import { sameSecret } from '../../platform/secrets/same-secret.ts';

/**
 * Lets a request pass that shows the token; the comparison takes equally long whatever is shown.
 *
 * @param variable the setting the token comes from; while it is unset every request is refused with 503
 */
export function requireBearer(token: string | null, variable: string): RequestHandler {
  return (request, response, next) => {
    if (token === null) {
      sendProblem(
        response,
        503,
        'Not set up',
        `${variable} is not set, so nothing is let in here: set it to a secret of at least 16 characters, start the alertbot again, and send it as "Authorization: Bearer <token>".`,
      );
      return;
    }
    const shown = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    if (shown === undefined || !sameSecret(shown, token)) {
      response.setHeader('WWW-Authenticate', 'Bearer');
      sendProblem(
        response,
        401,
        'Not allowed in',
        `Send the value of ${variable} as "Authorization: Bearer <token>".`,
      );
      return;
    }
    next();
  };
}
