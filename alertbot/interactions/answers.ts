import { nextStatus } from '../../domain/alerts/lifecycle.ts';
import { type Micros, SECOND } from '../../domain/time/micros.ts';
import { messageSettings } from '../message-settings.ts';
import {
  type AskedAction,
  databaseAway,
  doneElsewhere,
  groupResult,
  noAnswerInTime,
  notAllowed,
  notRetriable,
  operatorsUnknown,
  refused,
  unknownAlert,
} from '../messages/ephemeral.ts';
import type { Reply } from '../messages/slack-message.ts';
import type { ChangedAlert } from '../sql/change-alerts.ts';
import type { InteractionContext } from './interaction-context.ts';
import type { Person } from './press.ts';
import type { Ruling } from './ruling.ts';

type Answering = Pick<InteractionContext, 'config' | 'clock'>;

/** What to tell a person who asked for something to be done to one alert; null when the alert's message says it all. */
export function answerAboutAlert(
  context: Answering,
  ruling: Ruling,
  action: AskedAction,
  alertId: number,
  person: Person,
): Reply | null {
  if (ruling.kind !== 'changed') return trouble(context, ruling);
  const settings = messageSettings(context.config);
  const alert = ruling.alerts[0];
  if (alert === undefined || alert.status === null) return unknownAlert(alertId, settings);
  switch (alert.outcome) {
    case 'lost':
      return isOwnDouble(alert, action, person, context.clock.now())
        ? null
        : doneElsewhere(
            {
              alertId,
              status: alert.status,
              statusSince: alert.statusSince ?? context.clock.now(),
              operator: alert.operator,
            },
            settings,
            context.clock.now(),
          );
    case 'refused':
      return action === 'RETRY'
        ? notRetriable(alertId, settings)
        : refused(action, { alertId, status: alert.status }, settings);
    default:
      return null;
  }
}

/** What to tell a person who asked for something to be done to all members of a group. */
export function answerAboutGroup(context: Answering, ruling: Ruling, action: AskedAction): Reply | null {
  if (ruling.kind !== 'changed') return trouble(context, ruling);
  const count = (outcome: ChangedAlert['outcome']) =>
    ruling.alerts.filter((alert) => alert.outcome === outcome).length;
  if (ruling.alerts.length > 0 && count('repeated') === ruling.alerts.length) return null;
  const result = {
    action,
    done: count('done'),
    already: count('lost'),
    refused: count('refused'),
    failed: 0,
  };
  return groupResult(result, messageSettings(context.config));
}

/** What to tell a person whose request changed nothing, or perhaps something; null for a replay: it was no person. */
export function trouble(
  { config }: Pick<InteractionContext, 'config'>,
  ruling: Exclude<Ruling, { kind: 'changed' }>,
): Reply | null {
  const settings = messageSettings(config);
  switch (ruling.kind) {
    case 'away':
      return databaseAway(settings);
    case 'unanswered':
      return noAnswerInTime(settings);
    case 'forbidden':
      return ruling.may === 'no'
        ? notAllowed(config.slack.operatorsGroup, settings)
        : operatorsUnknown(config.slack.operatorsGroup, settings);
    case 'replayed':
      return null;
  }
}

const DOUBLE_CLICK: Micros = 10 * SECOND;

/** A double click: the alert is where the same person has just brought it. */
function isOwnDouble(alert: ChangedAlert, action: AskedAction, person: Person, now: Micros): boolean {
  return (
    alert.operatorId === person.id &&
    alert.status === BRINGS_TO[action] &&
    alert.statusSince !== null &&
    now - alert.statusSince < DOUBLE_CLICK
  );
}

const BRINGS_TO: Readonly<Partial<Record<AskedAction, ChangedAlert['status']>>> = {
  ACK: nextStatus('OPEN', 'ACK'),
  RESOLVE: nextStatus('OPEN', 'RESOLVE'),
  RETRY: nextStatus('OPEN', 'RETRY'),
};
