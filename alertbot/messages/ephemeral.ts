import type { AlertStatus } from '../../domain/alerts/lifecycle.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { AskedAction } from '../texts/texts.ts';
import { textsOf } from '../texts/texts-of.ts';
import type { AlertView, MessageSettings } from './alert-view.ts';
import { lineSections } from './blocks.ts';
import { code, mention } from './escape.ts';
import { fitMessage } from './fit-message.ts';
import { localClock } from './local-time.ts';
import { MARKS } from './look.ts';
import { personName } from './people.ts';
import type { Reply } from './slack-message.ts';

export type { AskedAction };

type Locale = Pick<MessageSettings, 'locale'>;

/** Lines of mrkdwn as a message that only the person who pressed or typed something gets to read. */
export function reply(...lines: string[]): Reply {
  return fitMessage<Reply>({ text: lines.join('\n'), blocks: lineSections(lines, 'reply') });
}

/** Somebody was faster, or the message was old: how the alert stands now, and by whom. */
export function doneElsewhere(
  view: Pick<AlertView, 'alertId' | 'status' | 'statusSince' | 'operator'>,
  settings: Pick<MessageSettings, 'locale' | 'timeZone'>,
  now: Micros,
): Reply {
  const texts = textsOf(settings);
  const name = personName(view.operator, texts);
  const who = name === texts.system ? null : name;
  const time = localClock(view.statusSince, now, settings.timeZone);
  return reply(
    `#${view.alertId}: ${texts.replies.already[view.status](who, time)} ${texts.replies.nothingChanged}`,
  );
}

/** The alert's status does not allow the action. */
export function refused(
  action: AskedAction,
  view: { alertId: number; status: AlertStatus },
  settings: Locale,
): Reply {
  const texts = textsOf(settings);
  return reply(texts.replies.refused(action, `#${view.alertId}`, texts.statuses[view.status]));
}

/** RETRY of an alert without an open hold or a record. */
export function notRetriable(alertId: number, settings: Locale): Reply {
  return reply(textsOf(settings).replies.notRetriable(`#${alertId}`));
}

/** @param group id of the user group whose members may */
export function notAllowed(group: string | null, settings: Locale): Reply {
  return reply(textsOf(settings).replies.notAllowed(mention(group)));
}

/** The members of that group could never be read, so nobody may yet. */
export function operatorsUnknown(group: string | null, settings: Locale): Reply {
  return reply(textsOf(settings).replies.operatorsUnknown(mention(group)));
}

export function unknownAlert(alertId: number | string, settings: Locale): Reply {
  return reply(textsOf(settings).replies.unknownAlert(code(`#${alertId}`, 60)));
}

/** The database could not be reached before anything was done. */
export function databaseAway(settings: Locale): Reply {
  return reply(`⚠️ ${textsOf(settings).replies.databaseAway}`);
}

/** It is not known whether anything was done. */
export function noAnswerInTime(settings: Locale): Reply {
  return reply(`⚠️ ${textsOf(settings).replies.noAnswerInTime}`);
}

export function done(action: AskedAction, alertId: number, settings: Locale): Reply {
  return reply(`${MARKS[action]} #${alertId}: ${textsOf(settings).replies.done[action]}`);
}

/** What became of the members when an action was asked for all of them. */
export interface GroupResult {
  action: AskedAction;
  done: number;
  /** Somebody had done it, or more, before. */
  already: number;
  /** Their status does not allow it. */
  refused: number;
  failed: number;
}

export function groupResult(result: GroupResult, settings: Locale): Reply {
  const { replies } = textsOf(settings);
  const parts = [
    result.done > 0 ? replies.groupDone(replies.done[result.action], result.done) : null,
    result.already > 0 ? replies.groupAlready(result.already) : null,
    result.refused > 0 ? replies.groupRefused(result.refused) : null,
    result.failed > 0 ? replies.groupFailed(result.failed) : null,
  ].filter((part) => part !== null);
  const mark = result.failed > 0 ? '⚠️' : MARKS[result.action];
  return reply(parts.length === 0 ? replies.groupNothing : `${mark} ${parts.join(', ')}.`);
}

export function help(settings: Locale): Reply {
  return reply(...textsOf(settings).help);
}
