import express, { type Request, type Response, Router } from 'express';
import { sendProblem } from '../../platform/health/problem-json.ts';
import { act } from '../actions/act.ts';
import { Deadline } from '../actions/deadline.ts';
import type { Decider } from '../actions/decide.ts';
import type { AlertbotContext } from '../context.ts';
import { messageSettings } from '../message-settings.ts';
import { withoutPersonalData } from '../messages/personal-data.ts';
import { listAlertIds } from '../sql/list-alert-ids.ts';
import { loadAlertViews } from '../sql/load-alert-views.ts';
import { loadAudit } from '../sql/load-audit.ts';
import { alertJson, auditJson } from './alert-json.ts';
import { answerDecision } from './decision-answer.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { API_ACTIONS, readActionBody, readAlertId, readListQuery } from './requests.ts';
import { requireApiToken } from './require-api-token.ts';

/** A program can wait longer than a person in Slack. Milliseconds. */
const ANSWER_WITHIN_MS = 5000;
const BODY_LIMIT = '16kb';

export type ApiContext = Pick<AlertbotContext, 'config' | 'database' | 'clock' | 'logger'> & Decider;

/** `GET /`, `GET /:id`, `POST /:id/:action`: alerts for programs. Everything here asks for HOLDFAST_API_TOKEN. */
export function alertsRoutes(context: ApiContext): Router {
  const router = Router();
  router.use(requireApiToken(context));
  router.get('/', (request, response) => list(context, request, response));
  router.get('/:id', (request, response) => show(context, request, response));
  const json = express.json({ limit: BODY_LIMIT, type: () => true });
  router.post('/:id/:action', json, (request, response) => change(context, request, response));
  return router;
}

async function list({ database, clock, config }: ApiContext, request: Request, response: Response) {
  const filter = readListQuery(request.query);
  if ('problem' in filter) {
    sendProblem(response, 400, 'Bad request', `${filter.problem}.`);
    return;
  }
  const ids = await listAlertIds(database, filter.value);
  const views = new Map(
    (await loadAlertViews(database, ids, clock.now())).map((view) => [view.alertId, view]),
  );
  const settings = messageSettings(config);
  const alerts = ids
    .map((id) => views.get(id))
    .filter((view) => view !== undefined)
    .map((view) => alertJson(withoutPersonalData(view, settings)));
  response.json({ alerts, next: ids.length < filter.value.limit ? null : ids.at(-1) });
}

async function show({ database, clock, config }: ApiContext, request: Request, response: Response) {
  const alertId = alertIdOf(request, response);
  if (alertId === null) return;
  const [view] = await loadAlertViews(database, [alertId], clock.now());
  if (view === undefined) {
    sendProblem(response, 404, 'No such alert', `There is no alert ${alertId}.`);
    return;
  }
  const audit = await loadAudit(database, alertId);
  const shown = withoutPersonalData(view, messageSettings(config));
  response.json({ ...alertJson(shown), audit: audit.map(auditJson) });
}

async function change(context: ApiContext, request: Request, response: Response) {
  const name = String(request.params.action);
  const action = Object.hasOwn(API_ACTIONS, name) ? API_ACTIONS[name] : undefined;
  if (action === undefined) {
    const known = Object.keys(API_ACTIONS).join(', ');
    sendProblem(response, 404, 'Not found', `An alert cannot be told to "${name}", only: ${known}.`);
    return;
  }
  const alertId = alertIdOf(request, response);
  if (alertId === null) return;
  const body = readActionBody(request.body, context.clock.now());
  if ('problem' in body) {
    sendProblem(response, 400, 'Bad request', `${body.problem}.`);
    return;
  }
  const idempotencyKey = idempotencyKeyOf(request, response, action);
  if (idempotencyKey === undefined) return;
  const { version, ...what } = body.value;
  const decision = await act(
    context,
    {
      ...what,
      action,
      targets: [{ alertId, version }],
      actorId: null,
      source: 'api',
      idempotencyKey,
    },
    new Deadline(ANSWER_WITHIN_MS),
  );
  answerDecision(response, action, alertId, decision);
}

/** The id in the path; null when it is none, and then the caller has been told. */
function alertIdOf(request: Request, response: Response): number | null {
  const alertId = readAlertId(request.params.id);
  if (alertId === null) sendProblem(response, 400, 'Bad request', 'An alert_id is a whole number above 0.');
  return alertId;
}
