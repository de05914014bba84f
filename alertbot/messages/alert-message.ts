import type { KnownBlock } from '@slack/types';
import type { Texts } from '../texts/texts.ts';
import { textsOf } from '../texts/texts-of.ts';
import { actionBlocks } from './action-blocks.ts';
import { alertActions } from './alert-actions.ts';
import type { AlertView, MessageSettings } from './alert-view.ts';
import { context, fieldSections, section } from './blocks.ts';
import { inline, quote } from './escape.ts';
import { alertFacts, factFields } from './facts.ts';
import { fitMessage } from './fit-message.ts';
import { headline } from './headline.ts';
import { localTime } from './local-time.ts';
import { alertLook } from './look.ts';
import { withoutPersonalData } from './personal-data.ts';
import { reasonText } from './reason-text.ts';
import type { SlackMessage } from './slack-message.ts';
import { stateLines } from './state-lines.ts';

const NOTE = 1_200;
const FALLBACK = 300;

/**
 * The one living message of an alert, as its row in the database has it. Posted once, then updated in place.
 *
 * Headline and who did what stand outside of the coloured attachment: Slack notifies nobody of a mention inside of one.
 */
export function alertMessage(alert: AlertView, settings: MessageSettings): SlackMessage {
  const view = withoutPersonalData(alert, settings);
  const texts = textsOf(settings);
  const { color } = alertLook(view);
  const state = stateLines(view, settings, texts);
  const id = view.alertId;
  return fitMessage<SlackMessage>({
    text: notificationText(view, texts),
    blocks: [
      section(headlineOf(view, texts), `alert-head-${id}`),
      ...(state.length === 0 ? [] : [context(state.join('\n'), `alert-state-${id}`)]),
    ],
    attachments: [
      {
        color,
        fallback: inline(view.subject, FALLBACK),
        blocks: [...bodyBlocks(view, settings, texts), alertActions(view, settings, texts)],
      },
    ],
    metadata: {
      event_type: 'holdfast_alert',
      event_payload: { alert_id: id, version: view.version },
    },
  });
}

function headlineOf(view: AlertView, texts: Texts): string {
  return `${alertLook(view).mark} *${texts.severities[view.severity]}* · ${headline(view, texts)}`;
}

/** The line of a notification: what it is, and how it stands where it is no longer new. */
export function notificationText(view: AlertView, texts: Texts): string {
  const standing = view.status === 'OPEN' ? texts.severities[view.severity] : texts.statuses[view.status];
  return `${alertLook(view).mark} ${standing} · ${headline(view, texts)}`;
}

function bodyBlocks(view: AlertView, settings: MessageSettings, texts: Texts): KnownBlock[] {
  const id = view.alertId;
  const reason = reasonText(view, texts);
  const facts = alertFacts(view, settings, texts);
  const notes = [decisionText(view, texts), view.note === null ? null : quote(view.note, NOTE)].filter(
    (part) => part !== null,
  );
  return [
    ...(reason === null ? [] : [section(`*${texts.labels.reason}*\n${reason}`, `alert-reason-${id}`)]),
    ...fieldSections(factFields(facts), `alert-facts-${id}`),
    ...(notes.length === 0
      ? []
      : [section(`*${texts.labels.note}*\n${notes.join('\n')}`, `alert-note-${id}`)]),
    ...actionBlocks(view, settings, texts),
    context(smallPrint(view, settings, texts), `alert-print-${id}`),
  ];
}

function decisionText({ status, hold }: AlertView, texts: Texts): string | null {
  if (status !== 'RESOLVED' || hold === null || hold.status === 'OPEN') return null;
  return hold.status === 'CLEARED' ? texts.states.released : texts.states.canceled;
}

function smallPrint(view: AlertView, { timeZone }: MessageSettings, texts: Texts): string {
  return [
    texts.openedAt(localTime(view.openedAt, timeZone)),
    texts.alertNumber(view.alertId),
    ...(view.hold === null
      ? []
      : [`${texts.holdNumber(view.hold.holdId, view.hold.episode)} · ${inline(view.hold.reason, 60)}`]),
  ].join(' · ');
}
