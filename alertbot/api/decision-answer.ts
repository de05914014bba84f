import type { Response } from 'express';
import type { AlertAction } from '../../domain/alerts/lifecycle.ts';
import { sendProblem } from '../../platform/health/problem-json.ts';
import type { Decision } from '../actions/decide.ts';
import type { ChangedAlert } from '../sql/change-alerts.ts';
import { iso } from './alert-json.ts';
import { answerUndecided } from './undecided-answer.ts';

/** Tells the caller of the API what became of a request about one alert. */
export function answerDecision(
  response: Response,
  action: AlertAction,
  alertId: number,
  decision: Decision,
): void {
  if (decision.kind === 'changed') answerChange(response, action, alertId, decision.alerts[0]);
  else answerUndecided(response, decision.kind, `GET /api/v1/alerts/${alertId}`);
}

function answerChange(
  response: Response,
  action: AlertAction,
  alertId: number,
  alert: ChangedAlert | undefined,
): void {
  switch (alert?.outcome) {
    case 'done':
    case 'repeated':
      response.json({ ...state(alert), outcome: alert.outcome, action_id: alert.actionId });
      return;
    case 'lost': {
      const detail = `${action} is not possible any more: alert ${alertId} is ${alert.status} since ${iso(alert.statusSince)}, by ${alert.operator ?? 'nobody'}, version ${alert.version}.`;
      response
        .status(409)
        .type('application/problem+json')
        .json({ type: 'about:blank', title: 'Somebody was first', status: 409, detail, alert: state(alert) });
      return;
    }
    case 'refused':
      sendProblem(response, 422, 'Something is missing', missing(action));
      return;
    default:
      sendProblem(response, 404, 'No such alert', `There is no alert ${alertId}.`);
  }
}

function state(alert: ChangedAlert): Record<string, unknown> {
  return {
    alert_id: alert.alertId,
    status: alert.status,
    version: alert.version,
    operator: alert.operator,
    operator_id: alert.operatorId,
    status_since: iso(alert.statusSince),
  };
}

function missing(action: AlertAction): string {
  switch (action) {
    case 'RESOLVE':
      return 'The hold is open: decision has to say "release" or "cancel".';
    case 'SNOOZE':
      return 'Either minutes or until has to say how long, and it has to end in the future.';
    case 'RETRY':
      return 'There is nothing to do again: neither an open hold nor a rejected record belongs to this alert.';
    default:
      return `${action} is not for this kind of alert.`;
  }
}
