import express, { type Request, type Response, Router } from 'express';
import { sendProblem } from '../../platform/health/problem-json.ts';
import { Deadline } from '../actions/deadline.ts';
import type { Decision } from '../actions/decide.ts';
import { decideOnAction } from '../actions/decide-on-action.ts';
import type { ActionDecision, DecidedAction } from '../sql/decide-action.ts';
import { iso } from './alert-json.ts';
import type { ApiContext } from './alerts-routes.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { readDecisionBody } from './requests.ts';
import { requireApiToken } from './require-api-token.ts';
import { answerUndecided } from './undecided-answer.ts';

/** A program can wait longer than a person in Slack. Milliseconds. */
const ANSWER_WITHIN_MS = 5000;
const LONGEST_ID = 200;
const BODY_LIMIT = '16kb';

const DECISIONS: Readonly<Record<string, ActionDecision>> = { approve: 'APPROVE', reject: 'REJECT' };

/** `POST /:id/approve`, `POST /:id/reject`: proposed actions, for programs. Asks for HOLDFAST_API_TOKEN. */
export function actionsRoutes(context: ApiContext): Router {
  const router = Router();
  router.use(requireApiToken(context));
  const json = express.json({ limit: BODY_LIMIT, type: () => true });
  router.post('/:id/:decision', json, (request, response) => decide(context, request, response));
  return router;
}

async function decide(context: ApiContext, request: Request, response: Response) {
  const name = String(request.params.decision);
  const decision = Object.hasOwn(DECISIONS, name) ? DECISIONS[name] : undefined;
  if (decision === undefined) {
    const known = Object.keys(DECISIONS).join(', ');
    sendProblem(response, 404, 'Not found', `An action cannot be told to "${name}", only: ${known}.`);
    return;
  }
  const actionId = String(request.params.id);
  if (actionId.length > LONGEST_ID || actionId.includes('\u0000')) {
    sendProblem(response, 400, 'Bad request', `An action_id has at most ${LONGEST_ID} characters.`);
    return;
  }
  const body = readDecisionBody(request.body);
  if ('problem' in body) {
    sendProblem(response, 400, 'Bad request', `${body.problem}.`);
    return;
  }
  const idempotencyKey = idempotencyKeyOf(request, response, decision);
  if (idempotencyKey === undefined) return;
  const decided = await decideOnAction(
    context,
    { ...body.value, actionId, decision, actorId: null, source: 'api', idempotencyKey },
    new Deadline(ANSWER_WITHIN_MS),
  );
  answer(response, actionId, decided);
}

function answer(response: Response, actionId: string, decision: Decision<DecidedAction>): void {
  if (decision.kind !== 'changed') {
    answerUndecided(response, decision.kind, 'GET /api/v1/actions of the processor');
    return;
  }
  const decided = decision.alerts[0];
  switch (decided?.outcome) {
    case 'done':
    case 'repeated':
      response.json({ ...state(actionId, decided), outcome: decided.outcome });
      return;
    case 'lost':
      conflict(
        response,
        'Somebody was first',
        `The action is ${decided.status} since ${iso(decided.decidedAt) ?? 'before'}, by ${decided.decidedBy ?? 'nobody'}.`,
        state(actionId, decided),
      );
      return;
    case 'expired':
      conflict(
        response,
        'Too late',
        'It is too late to decide on the action; it is not done.',
        state(actionId, decided),
      );
      return;
    default:
      sendProblem(response, 404, 'No such action', `There is no action ${JSON.stringify(actionId)}.`);
  }
}

function conflict(response: Response, title: string, detail: string, action: Record<string, unknown>): void {
  response
    .status(409)
    .type('application/problem+json')
    .json({ type: 'about:blank', title, status: 409, detail, action });
}

function state(actionId: string, decided: DecidedAction): Record<string, unknown> {
  return {
    action_id: actionId,
    action: decided.action,
    target: decided.target,
    status: decided.status,
    decided_by: decided.decidedBy,
    decided_by_id: decided.decidedById,
    decided_at: iso(decided.decidedAt),
  };
}
