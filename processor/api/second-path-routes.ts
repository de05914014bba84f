import express, { Router } from 'express';
import { bearerMatches } from '../../platform/alertmanager/bearer-matches.ts';
import { notificationLines } from '../../platform/alertmanager/notification-lines.ts';
import { sendProblem } from '../../platform/health/problem-json.ts';
import type { ProcessorContext } from '../context.ts';

/**
 * `POST /`: where Alertmanager tells what Slack cannot be told, until somebody gives it a better receiver. Each alert is
 * an error in the log; the heartbeat is not.
 */
export function secondPathRoutes({ config, logger }: Pick<ProcessorContext, 'config' | 'logger'>): Router {
  const router = Router();
  router.post('/', express.json({ limit: '1mb', type: () => true }), (request, response) => {
    if (!bearerMatches(request.headers.authorization, config.alertmanagerToken)) {
      sendProblem(
        response,
        401,
        'Not allowed',
        'Alertmanager has to show ALERTMANAGER_WEBHOOK_TOKEN as bearer token.',
      );
      return;
    }
    for (const { isHeartbeat, text } of notificationLines(request.body))
      logger[isHeartbeat ? 'debug' : 'error']({ source: 'alertmanager' }, text);
    response.status(204).end();
  });
  return router;
}
