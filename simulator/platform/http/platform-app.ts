import express, { type Express, type Request, type Response } from 'express';
import { formatIso8601, parseIso8601 } from '../../../domain/time/iso8601.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import { internalError, notFound, sendProblem } from '../../../platform/health/problem-json.ts';
import { createWebApp } from '../../../platform/http/web-app.ts';
import type { Logger } from '../../../platform/logger/logger.ts';
import type { PlatformWorld } from '../world/platform-world.ts';
import { SERVICES, trafficReading, weatherReading } from '../world/source-readings.ts';
import { signatureProblem } from './check-signature.ts';
import { readAction } from './read-action.ts';

export interface PlatformAppContext {
  world: PlatformWorld;
  /** Keys that actions are signed with; without one none is taken. */
  secrets: readonly Buffer[];
  /** The wall clock, in seconds since the epoch. */
  nowSeconds(): number;
  logger: Logger;
}

const BODY_LIMIT = '256kb';

/**
 * What a delivery platform and its neighbours offer: `POST /actions` changes the world; `GET /weather`, `/traffic`
 * (`region`, `at`) and `/health/<service>` say how it is; `GET /status` what time it is there, and what was done.
 */
export function platformApp(context: PlatformAppContext): Express {
  const { world } = context;
  const app = createWebApp();
  /** What became of each webhook, by its id: the same is answered the same. */
  const answered = new Map<string, { done: boolean; reason: string }>();
  app.post('/actions', express.raw({ limit: BODY_LIMIT, type: () => true }), (request, response) =>
    takeAction(context, answered, request, response),
  );
  app.get('/weather', (request, response) => {
    const asked = readPlace(world, request, response);
    if (asked === null) return;
    const { region, at } = asked;
    const { sky, precipitation, temperature, wind } = world.weatherAt(region, at);
    response.json({
      ...{ region, at: formatIso8601(at), ...weatherReading(world, region, at), condition: sky },
      ...{ precipitation_mm_h: precipitation, temperature_c: temperature, wind_m_s: wind },
    });
  });
  app.get('/traffic', (request, response) => {
    const asked = readPlace(world, request, response);
    if (asked === null) return;
    const { region, at } = asked;
    const { congestion } = world.trafficAt(region, at);
    response.json({ region, at: formatIso8601(at), ...trafficReading(world, region, at), congestion });
  });
  app.get('/health/:service', (request, response) => {
    const { service } = request.params;
    if (!SERVICES.some((name) => name === service)) {
      sendProblem(response, 404, 'Not found', `There is no service ${service}: use ${SERVICES.join(', ')}.`);
      return;
    }
    const at = readTime(world, request, response);
    if (at === null) return;
    const healthy = world.isHealthy(service, at);
    response.status(healthy ? 200 : 503).json({ service, status: healthy ? 'ok' : 'degraded' });
  });
  app.get('/status', (_request, response) => {
    response.json({
      now: formatIso8601(world.now),
      regions: world.regions,
      actions: Object.fromEntries(answered),
    });
  });
  app.use(notFound);
  app.use(internalError(context.logger));
  return app;
}

function takeAction(
  { world, secrets, nowSeconds }: PlatformAppContext,
  answered: Map<string, { done: boolean; reason: string }>,
  request: Request,
  response: Response,
): void {
  if (secrets.length === 0) {
    const how = 'HOLDFAST_WEBHOOK_SECRET is not set, so nobody could be known: set it for both programs.';
    sendProblem(response, 503, 'Not set up', how);
    return;
  }
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const problem = signatureProblem(request.headers, body, secrets, nowSeconds());
  if (problem !== null) {
    sendProblem(response, 401, 'Not allowed in', problem);
    return;
  }
  const id = String(request.headers['webhook-id']);
  let outcome = answered.get(id);
  if (outcome === undefined) {
    const action = readAction(body);
    if ('problem' in action) {
      sendProblem(response, 400, 'Bad request', action.problem);
      return;
    }
    outcome = world.apply(action);
    answered.set(id, outcome);
  }
  if (outcome.done) response.json({ status: 'done', reason: outcome.reason });
  else sendProblem(response, 422, 'Not possible', outcome.reason);
}

/** The region and time of a request; null when it is answered already, for it names none. */
function readPlace(
  world: PlatformWorld,
  request: Request,
  response: Response,
): { region: string; at: Micros } | null {
  const { region } = request.query;
  if (typeof region !== 'string' || !world.regions.includes(region)) {
    sendProblem(response, 404, 'Not found', `region must be one of ${world.regions.join(', ')}.`);
    return null;
  }
  const at = readTime(world, request, response);
  return at === null ? null : { region, at };
}

/** `at`, or the world's now. Forecasts are not given. */
function readTime(world: PlatformWorld, request: Request, response: Response): Micros | null {
  const { at } = request.query;
  if (at === undefined) return world.now;
  const time = typeof at === 'string' ? parseIso8601(at) : null;
  if (time !== null && time <= world.now) return time;
  const what = time === null ? 'must be an ISO 8601 time with an offset' : 'lies after the simulated time';
  sendProblem(response, 400, 'Bad request', `at ${what}; it is ${formatIso8601(world.now)}.`);
  return null;
}
