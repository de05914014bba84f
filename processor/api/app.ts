import type { Express } from 'express';
import { healthRoutes } from '../../platform/health/health-routes.ts';
import { internalError, notFound } from '../../platform/health/problem-json.ts';
import { createWebApp } from '../../platform/http/web-app.ts';
import { scrapeAnswer } from '../../platform/metrics/metrics-text.ts';
import { packageVersion } from '../../platform/version.ts';
import type { ProcessorContext } from '../context.ts';
import { openApiDocument } from './openapi.ts';
import { ordersRoutes } from './orders-routes.ts';
import { questionRoutes } from './question-routes.ts';
import { questions } from './questions.ts';
import { secondPathRoutes } from './second-path-routes.ts';

export type AppContext = Omit<ProcessorContext, 'kafka' | 'readers' | 'metrics'>;

/** The processor's HTTP side: metrics, health and the read API. Nothing here writes. */
export function createApp(context: AppContext): Express {
  const app = createWebApp();
  app.use(healthRoutes(() => context.health.current));
  app.get('/metrics', async (request, response) => {
    const { type, text } = await scrapeAnswer(request.headers.accept, context.registry, context.telemetry);
    response.type(type).send(text);
  });
  app.use('/webhooks/alertmanager', secondPathRoutes(context));
  const document = openApiDocument(packageVersion());
  app.get('/api/v1/openapi.json', (_request, response) => void response.json(document));
  // Before the orders: an order of the name at-risk would be asked for as /orders/:id.
  app.use(questionRoutes(context, questions));
  app.use('/api/v1/orders', ordersRoutes(context));
  app.use(notFound);
  app.use(internalError(context.logger));
  return app;
}
