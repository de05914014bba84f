import type { ActionsBlock, Button, KnownBlock, Overflow } from '@slack/types';
import { ALERT_STATUSES } from '../../domain/alerts/lifecycle.ts';
import type { Texts } from '../texts/texts.ts';
import { textsOf } from '../texts/texts-of.ts';
import { memberLine } from './alert-line.ts';
import type { GroupView, MessageSettings } from './alert-view.ts';
import { actions, button, confirmation, context, linkOption, menu, option, section } from './blocks.ts';
import { inline } from './escape.ts';
import { fitMessage } from './fit-message.ts';
import { groupHeadline } from './headline.ts';
import { groupGrafanaLink } from './links.ts';
import { localTime } from './local-time.ts';
import { groupLook, MARKS } from './look.ts';
import type { SlackMessage } from './slack-message.ts';
import type { GroupTarget } from './targets.ts';

/** Members that an operator can still act on. */
export function actionable({ counts }: Pick<GroupView, 'counts'>): number {
  return counts.OPEN + counts.ACK;
}

/** The one living message of a storm. Its buttons act on every member that is not resolved. */
export function groupMessage(group: GroupView, settings: MessageSettings): SlackMessage {
  const texts = textsOf(settings);
  const { color } = groupLook(group);
  const id = group.messageId;
  return fitMessage<SlackMessage>({
    text: groupNotificationText(group, texts),
    blocks: [
      section(
        `${groupLook(group).mark} *${texts.severities[group.severity]}* · ${groupHeadline(group, texts)}`,
        `group-head-${id}`,
      ),
      context(countsLine(group, texts), `group-state-${id}`),
    ],
    attachments: [
      {
        color,
        fallback: groupNotificationText(group, texts),
        blocks: [...bodyBlocks(group, settings, texts), groupActions(group, settings, texts)],
      },
    ],
    metadata: { event_type: 'holdfast_alert', event_payload: { message_id: id } },
  });
}

export function groupNotificationText(group: GroupView, texts: Texts): string {
  return `${groupLook(group).mark} ${texts.severities[group.severity]} · ${groupHeadline(group, texts)}`;
}

/** How many members are in each status, those with none left out. */
export function countsLine({ counts, snoozed }: GroupView, texts: Texts): string {
  const parts = ALERT_STATUSES.filter((status) => counts[status] > 0).map(
    (status) => `${texts.statuses[status]} ${counts[status]}`,
  );
  if (snoozed > 0) parts.push(`${MARKS.SNOOZE} ${texts.snoozed} ${snoozed}`);
  return parts.join(' · ');
}

function bodyBlocks(group: GroupView, settings: MessageSettings, texts: Texts): KnownBlock[] {
  const id = group.messageId;
  const members = memberLines(group, settings, texts);
  return [
    ...(members.length === 0
      ? []
      : [section(`*${texts.labels.members}*\n${members.join('\n')}`, `group-members-${id}`)]),
    context(smallPrint(group, settings, texts), `group-print-${id}`),
  ];
}

/** When it began and last went on, and the reason by its code. */
export function smallPrint(group: GroupView, { timeZone }: MessageSettings, texts: Texts): string {
  const when = texts.between(localTime(group.firstAt, timeZone), localTime(group.lastAt, timeZone));
  return group.reason === null ? when : `${when} · ${inline(group.reason, 60)}`;
}

function memberLines(group: GroupView, settings: MessageSettings, texts: Texts): string[] {
  const lines = group.top.map((member) => memberLine(member, settings, texts));
  return group.total > lines.length ? [...lines, texts.more(group.total - lines.length)] : lines;
}

function groupActions(group: GroupView, settings: MessageSettings, texts: Texts): ActionsBlock {
  const { counts, kind } = group;
  const { buttons } = texts;
  const target: GroupTarget = { m: group.messageId };
  const waiting = actionable(group);
  const retriable = kind === 'HOLD' || kind === 'EVENT' ? waiting : 0;
  const retry = {
    ...button(buttons.retryAll(retriable), 'group_retry', target),
    confirm: confirmation(texts.confirmRetry.group(retriable)),
  };
  const more = groupMenu(group, settings, texts);
  return actions(
    [
      ...(counts.OPEN === 0
        ? []
        : [{ ...button(buttons.ackAll(counts.OPEN), 'group_ack', target), style: 'primary' as const }]),
      ...(waiting === 0 ? [] : [button(buttons.resolveAll(waiting), 'group_resolve', target)]),
      ...(retriable === 0 ? [] : [retry]),
      button(buttons.showAll(group.total), 'group_show', target),
      ...(more === null ? [] : [more]),
    ],
    `group-actions-${group.messageId}`,
  );
}

function groupMenu(
  group: GroupView,
  settings: MessageSettings,
  { buttons }: Texts,
): Overflow | Button | null {
  const waiting = actionable(group);
  return menu('group_more', [
    waiting > 0 ? option(buttons.snooze, 'snooze') : null,
    waiting > 0 && group.snoozed > 0 ? option(buttons.unsnooze, 'unsnooze') : null,
    linkOption(buttons.grafana, 'grafana', groupGrafanaLink(settings)),
    linkOption(buttons.runbook, 'runbook', settings.runbookUrl),
  ]);
}
