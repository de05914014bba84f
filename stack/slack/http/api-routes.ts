import express, { type Request, type Response, Router } from 'express';
import { answerResponseUrl } from '../deliver/answer-response-url.ts';
import { isObject } from '../json.ts';
import type { Standin } from '../standin.ts';
import { readArguments } from '../web-api/arguments.ts';
import { handleCall } from '../web-api/handle-call.ts';
import type { HttpAnswer } from '../web-api/outcome.ts';
import { withFaults } from '../web-api/with-faults.ts';

const BODY_LIMIT = '1mb';

/** What an app calls: `/api/<method>` and `/response/<token>`. */
export function apiRoutes(standin: Standin): Router {
  const router = Router();
  const bodies = [
    express.json({ limit: BODY_LIMIT }),
    express.urlencoded({ limit: BODY_LIMIT, extended: false }),
  ];

  router.all('/api/:method', bodies, async (request: Request, response: Response) => {
    const args = readArguments(request.query, request.body);
    const token = bearerOf(request) ?? args.optionalText('token');
    send(response, await handleCall(standin, String(request.params.method), token, args));
  });

  router.post('/response/:token', bodies, async (request: Request, response: Response) => {
    const token = String(request.params.token);
    const body = isObject(request.body) ? request.body : {};
    const channel = standin.responseUrls.look(token)?.channel;
    const { result, outcome } = await withFaults(
      standin,
      'response_url',
      channel,
      () => null,
      (keep) => answerResponseUrl(standin, token, body, keep),
    );
    standin.calls.add({
      method: 'response_url',
      at: new Date(standin.now()).toISOString(),
      outcome,
      ...(channel === undefined ? {} : { channel }),
    });
    send(response, result);
  });
  return router;
}

function bearerOf(request: Request): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

function send(response: Response, result: HttpAnswer | null): void {
  if (result === null) {
    response.socket?.destroy();
    return;
  }
  response.status(result.status).set(result.headers).json(result.body);
}
