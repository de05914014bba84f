import type { Express, Router } from 'express';
import { healthRoutes } from '../../platform/health/health-routes.ts';
import { internalError, notFound } from '../../platform/health/problem-json.ts';
import { createWebApp } from '../../platform/http/web-app.ts';
import { scrapeAnswer } from '../../platform/metrics/metrics-text.ts';
import type { Heartbeat } from '../alertmanager/heartbeat.ts';
import { alertmanagerRoutes } from '../alertmanager/routes.ts';
import { actionsRoutes } from '../api/actions-routes.ts';
import { alertsRoutes } from '../api/alerts-routes.ts';
import type { InteractionContext } from '../interactions/interaction-context.ts';

/** The alertbot's HTTP side. @param slackRoutes what answers Slack at /slack/events; null in Socket Mode */
export function createApp(
  context: InteractionContext,
  slackRoutes: Router | null,
  heartbeat: Heartbeat,
): Express {
  const app = createWebApp();
  app.use(healthRoutes(() => context.health.current));
  app.get('/metrics', async (request, response) => {
    const { type, text } = await scrapeAnswer(request.headers.accept, context.registry, context.telemetry);
    response.type(type).send(text);
  });
  if (slackRoutes !== null) app.use('/slack/events', slackRoutes);
  app.use('/webhooks/alertmanager', alertmanagerRoutes(context, heartbeat));
  app.use('/api/v1/alerts', alertsRoutes(context));
  app.use('/api/v1/actions', actionsRoutes(context));
  app.use(notFound);
  app.use(internalError(context.logger));
  return app;
}
