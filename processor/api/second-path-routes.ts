import express, { Router } from 'express';
import { notificationLines } from '../../platform/alertmanager/notification-lines.ts';
import { requireBearer } from '../../platform/http/require-bearer.ts';
import type { ProcessorContext } from '../context.ts';

/**
 * `POST /`: where Alertmanager tells what Slack cannot be told, until somebody gives it a better receiver. Each alert is
 * an error in the log; the heartbeat is not.
 */
export function secondPathRoutes({ config, logger }: Pick<ProcessorContext, 'config' | 'logger'>): Router {
  const router = Router();
  const allowed = requireBearer({
    token: config.alertmanagerToken,
    variable: 'ALERTMANAGER_WEBHOOK_TOKEN',
    program: 'processor',
    logger,
  });
  router.post('/', allowed, express.json({ limit: '1mb', type: () => true }), (request, response) => {
    for (const { isHeartbeat, text } of notificationLines(request.body))
      logger[isHeartbeat ? 'debug' : 'error']({ source: 'alertmanager' }, text);
    response.status(204).end();
  });
  return router;
}
