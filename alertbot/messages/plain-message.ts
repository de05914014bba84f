import type { Texts } from '../texts/texts.ts';
import { textsOf } from '../texts/texts-of.ts';
import { canRetry } from './alert-actions.ts';
import { memberLine } from './alert-line.ts';
import { alertMessage, notificationText } from './alert-message.ts';
import { type AlertView, type GroupView, isGroup, type MessageSettings } from './alert-view.ts';
import { quote } from './escape.ts';
import { alertFacts } from './facts.ts';
import { actionable, countsLine, groupMessage, groupNotificationText, smallPrint } from './group-message.ts';
import { LIMITS } from './limits.ts';
import { localTime } from './local-time.ts';
import { withoutPersonalData } from './personal-data.ts';
import { reasonText } from './reason-text.ts';
import type { SlackMessage } from './slack-message.ts';
import { stateLines } from './state-lines.ts';
import { truncate } from './truncate.ts';

const NOTE = 600;
/** Kept free for the commands, which stand last and must not be cut off. */
const COMMANDS = 400;

/**
 * The same as words only, for when Slack refuses the blocks: it arrives, whatever is wrong with them. Without buttons,
 * so it says which commands do the same. At most 3,000 characters.
 */
export function plainMessage(subject: AlertView | GroupView, settings: MessageSettings): SlackMessage {
  const texts = textsOf(settings);
  const { metadata } = isGroup(subject) ? groupMessage(subject, settings) : alertMessage(subject, settings);
  const lines = isGroup(subject)
    ? groupLines(subject, settings, texts)
    : alertLines(withoutPersonalData(subject, settings), settings, texts);
  const commands = isGroup(subject) ? groupCommands(subject, texts) : alertCommands(subject, texts);
  const text = [truncate(lines.join('\n'), LIMITS.text - COMMANDS), ...commands].join('\n');
  return { text, blocks: [], attachments: [], metadata };
}

function alertLines(view: AlertView, settings: MessageSettings, texts: Texts): string[] {
  const reason = reasonText(view, texts);
  return [
    notificationText(view, texts),
    ...stateLines(view, settings, texts),
    ...(reason === null ? [] : [`${texts.labels.reason}: ${reason}`]),
    ...alertFacts(view, settings, texts).map(({ label, value }) => `${label}: ${value}`),
    ...(view.note === null ? [] : [quote(view.note, NOTE)]),
    `${texts.openedAt(localTime(view.openedAt, settings.timeZone))} · ${texts.alertNumber(view.alertId)}`,
  ];
}

function alertCommands(view: AlertView, texts: Texts): string[] {
  return view.status === 'OPEN' || view.status === 'ACK'
    ? [texts.plain.commands(view.alertId, canRetry(view))]
    : [];
}

function groupLines(group: GroupView, settings: MessageSettings, texts: Texts): string[] {
  return [
    groupNotificationText(group, texts),
    countsLine(group, texts),
    ...group.top.map((member) => memberLine(member, settings, texts)),
    ...(group.total > group.top.length ? [texts.more(group.total - group.top.length)] : []),
    smallPrint(group, settings, texts),
  ];
}

function groupCommands(group: GroupView, texts: Texts): string[] {
  return actionable(group) > 0 ? [texts.plain.groupCommands] : [];
}
