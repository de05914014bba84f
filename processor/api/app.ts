import express, { type Express } from 'express';
import { healthRoutes } from '../../platform/health/health-routes.ts';
import { internalError, notFound } from '../../platform/health/problem-json.ts';
import { metricsText } from '../../platform/metrics/metrics-text.ts';
import type { ProcessorContext } from '../context.ts';
import { ordersRoutes } from './orders-routes.ts';

/** The processor's HTTP side: metrics, health and the read API. Nothing here writes. */
export function createApp(context: ProcessorContext): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(healthRoutes(() => context.health.current));
  app.get('/metrics', async (_request, response) => {
    response
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(await metricsText(context.registry, context.telemetry));
  });
  app.use('/api/v1/orders', ordersRoutes(context));
  app.use(notFound);
  app.use(internalError(context.logger));
  return app;
}
