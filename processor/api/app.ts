import express, { type Express } from 'express';
import { healthRoutes } from '../../platform/health/health-routes.ts';
import { internalError, notFound } from '../../platform/health/problem-json.ts';
import { scrapeAnswer } from '../../platform/metrics/metrics-text.ts';
import type { ProcessorContext } from '../context.ts';
import { ordersRoutes } from './orders-routes.ts';
import { secondPathRoutes } from './second-path-routes.ts';

/** The processor's HTTP side: metrics, health and the read API. Nothing here writes. */
export function createApp(context: ProcessorContext): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(healthRoutes(() => context.health.current));
  app.get('/metrics', async (request, response) => {
    const { type, text } = await scrapeAnswer(request.headers.accept, context.registry, context.telemetry);
    response.type(type).send(text);
  });
  app.use('/webhooks/alertmanager', secondPathRoutes(context));
  app.use('/api/v1/orders', ordersRoutes(context));
  app.use(notFound);
  app.use(internalError(context.logger));
  return app;
}
