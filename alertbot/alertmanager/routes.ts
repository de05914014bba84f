import express, { Router } from 'express';
import { sendProblem } from '../../platform/health/problem-json.ts';
import { requireBearer } from '../../platform/http/require-bearer.ts';
import type { AlertbotContext } from '../context.ts';
import { type Heartbeat, isHeartbeat } from './heartbeat.ts';
import { readNotification } from './notification.ts';
import { takeNotification } from './take-notification.ts';
import { hearHeartbeat } from './watch-heartbeat.ts';

const BODY_LIMIT = '1mb';
const MOST_PROBLEMS = 5;

/**
 * `POST /`: what Alertmanager's webhook receiver sends. 2xx only once it is committed; for any 5xx Alertmanager sends it
 * again, for a 4xx it gives up.
 */
export function alertmanagerRoutes(
  context: Pick<AlertbotContext, 'config' | 'database' | 'clock' | 'logger' | 'metrics'>,
  heartbeat: Heartbeat,
): Router {
  const router = Router();
  const { config, database, clock, logger, metrics } = context;
  const allowed = requireBearer({
    token: config.alertmanagerToken,
    variable: 'ALERTMANAGER_WEBHOOK_TOKEN',
    program: 'alertbot',
    logger,
  });
  const json = express.json({ limit: BODY_LIMIT, type: () => true });
  router.post('/', allowed, json, async (request, response) => {
    const read = readNotification(request.body);
    if ('problems' in read) {
      metrics.alertmanagerNotifications.inc({ status: 'invalid' });
      logger.warn({ problems: read.problems.slice(0, MOST_PROBLEMS) }, 'a notification was refused');
      const shown = read.problems.slice(0, MOST_PROBLEMS).join('; ');
      sendProblem(response, 400, 'Not a notification of Alertmanager', `${shown}.`);
      return;
    }
    const alerts = read.alerts.filter((alert) => !isHeartbeat(alert));
    const taken = await takeNotification(database, alerts, clock.now());
    if (alerts.length < read.alerts.length) await hearHeartbeat(database, heartbeat, clock.now());
    for (const [status, count] of Object.entries(taken)) {
      metrics.alertmanagerNotifications.inc({ status }, count);
    }
    response.json(taken);
  });
  return router;
}
