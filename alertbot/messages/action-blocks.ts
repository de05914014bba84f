import type { KnownBlock } from '@slack/types';
import type { Texts } from '../texts/texts.ts';
import type { ActionView, AlertView, EffectView, MessageSettings } from './alert-view.ts';
import { actions, button, confirmation, lineSections, section } from './blocks.ts';
import { formatDuration } from './duration.ts';
import { inline } from './escape.ts';
import { metricOf, signedFigure, wordsOf } from './figures.ts';
import { LIMITS } from './limits.ts';
import { localMinute } from './local-time.ts';
import { personName } from './people.ts';

const NAME = 80;
const PROBLEM = 200;
const MOST_LINES = 10;
/** Asked for at once; what is decided makes room for the next. */
const MOST_ASKED = 5;
const MOST_PARAMETERS = 4;

type Zone = Pick<MessageSettings, 'timeZone'>;

const MARKS: Readonly<Record<string, string>> = {
  PROPOSED: '❓',
  APPROVED: '⏳',
  SENT: '⏳',
  DONE: '✔️',
  FAILED: '❌',
  REJECTED: '🚫',
  EXPIRED: '⌛',
  DRY_RUN: '🧪',
  UNDONE: '↩️',
};

/** What is done about an alert: a line each, and for what is asked for a row of buttons of its own. */
export function actionBlocks(view: AlertView, settings: Zone, texts: Texts): KnownBlock[] {
  const asked = view.actions.filter(isAsked);
  const others = view.actions.filter((action) => !isAsked(action));
  if (view.actions.length === 0) return [];
  const lines = others.slice(0, MOST_LINES).map((action) => actionLines(action, texts));
  const left = others.length - lines.length + Math.max(0, asked.length - MOST_ASKED);
  const all = [...lines, ...(left > 0 ? [texts.incidents.moreActions(String(left))] : [])];
  return [
    ...(all.length === 0
      ? []
      : lineSections([`*${texts.incidents.labels.actions}*`, ...all], `alert-deeds-${view.alertId}`)),
    ...asked.slice(0, MOST_ASKED).flatMap((action, index) => askingBlocks(action, index, settings, texts)),
  ];
}

function isAsked({ status }: ActionView): boolean {
  return status === 'PROPOSED';
}

function askingBlocks(action: ActionView, index: number, { timeZone }: Zone, texts: Texts): KnownBlock[] {
  const { buttons, confirmApprove, askedUntil } = texts.incidents;
  const until = action.expiresAt === null ? null : askedUntil(localMinute(action.expiresAt, timeZone));
  const text = [nameLine(action, texts), until].filter((part) => part !== null).join(' · ');
  const problem = action.problem === null ? '' : `\n${inline(action.problem, PROBLEM)}`;
  const words = section(`${text}${problem}`, `action-asked-${index}`);
  const value = { x: action.actionId };
  // Ours are short; one that no button can carry is nobody's to approve here.
  if (JSON.stringify(value).length > LIMITS.value) return [words];
  return [
    words,
    actions(
      [
        {
          ...button(buttons.approve, 'action_approve', value),
          style: 'primary' as const,
          confirm: confirmation(confirmApprove),
        },
        button(buttons.reject, 'action_reject', value),
      ],
      `action-decide-${index}`,
    ),
  ];
}

function actionLines(action: ActionView, texts: Texts): string {
  const who = action.decidedBy === null ? null : personName(action.decidedBy, texts);
  const head = [
    nameLine(action, texts),
    ...(who === null ? [] : [texts.incidents.decidedBy(who)]),
    ...(action.problem === null ? [] : [inline(action.problem, PROBLEM)]),
  ].join(' · ');
  return action.effect === null ? head : `${head}\n    ${effectLine(action.effect, texts)}`;
}

/** Mark, what, to whom, how much, and how it stands. */
function nameLine({ action, target, status, parameters }: ActionView, texts: Texts): string {
  const { incidents } = texts;
  const [, place] = target.split(/=(.*)/su, 2);
  return [
    `${Object.hasOwn(MARKS, status) ? MARKS[status] : '•'} *${wordsOf(incidents.actions, action)}*`,
    place === undefined || place.trim() === '' ? null : inline(place, NAME),
    parameterWords(parameters),
    wordsOf(incidents.statuses, status),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function parameterWords(parameters: ActionView['parameters']): string | null {
  const words = Object.entries(parameters)
    .slice(0, MOST_PARAMETERS)
    .map(([name, value]) => inline(`${name} ${String(value)}`, NAME));
  return words.length === 0 ? null : words.join(', ');
}

function effectLine(effect: EffectView, texts: Texts): string {
  const { effect: words, metrics } = texts.incidents;
  const metric = metricOf(effect.seriesKey);
  const returned = effect.returnedAfter;
  const standing =
    returned !== null
      ? words.returned(formatDuration(returned, texts))
      : effect.following
        ? words.following
        : words.notReturned(formatDuration(effect.followedFor, texts));
  const difference = words.difference(
    wordsOf(metrics, metric),
    signedFigure(metric, effect.difference, texts),
  );
  return [
    standing,
    ...(effect.steps > 0 && Number.isFinite(effect.difference) ? [difference] : []),
    ...(effect.untreated === null ? [] : [words.untreated(formatDuration(effect.untreated, texts))]),
  ].join(' · ');
}
