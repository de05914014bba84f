import type { AnyBlock, HomeView, KnownBlock } from '@slack/types';
import type { AlertKind, Severity } from '../../domain/alerts/alert.ts';
import { nextStatus } from '../../domain/alerts/lifecycle.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Texts } from '../texts/texts.ts';
import { textsOf } from '../texts/texts-of.ts';
import { alertLine } from './alert-line.ts';
import type { AlertView, MessageSettings } from './alert-view.ts';
import { actions, button, context, header, lineSections, section } from './blocks.ts';
import { fitBlocks } from './fit-message.ts';
import { localTime } from './local-time.ts';
import { alertLook } from './look.ts';
import type { AlertTarget } from './targets.ts';

/** Two blocks each, of the hundred that a view may have. */
export const MOST_OPEN = 40;
/** One block each. */
export const MOST_MINE = 8;
/** One section or two together. */
export const MOST_SNOOZED = 10;

export interface HomeInput {
  /** When the database was asked. */
  at: Micros;
  /** Unresolved alerts. */
  counts: readonly { severity: Severity; kind: AlertKind; count: number }[];
  /** OPEN and not snoozed, in any order; the first {@link MOST_OPEN} by urgency are shown. */
  open: readonly AlertView[];
  openTotal: number;
  /** In status ACK by the person who looks. */
  mine: readonly AlertView[];
  mineTotal: number;
  snoozed: readonly AlertView[];
  snoozedTotal: number;
}

const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/** App Home: what there is to do, the most urgent first. */
export function homeView(input: HomeInput, settings: MessageSettings): HomeView {
  const texts = textsOf(settings);
  const words = texts.home;
  const open = byUrgency(input.open).slice(0, MOST_OPEN);
  const mine = byUrgency(input.mine).slice(0, MOST_MINE);
  const snoozed = byUrgency(input.snoozed).slice(0, MOST_SNOOZED);
  const line = (view: AlertView) => alertLine(view, settings, texts);
  const blocks: AnyBlock[] = [
    header(words.title, 'home-title'),
    context(words.updated(localTime(input.at, settings.timeZone)), 'home-updated'),
    section(countsText(input.counts, texts), 'home-counts'),
    ...part(words.open(input.openTotal), 'home-open', input.openTotal, open.length, texts, () =>
      open.flatMap((view) => openBlocks(view, line(view), texts)),
    ),
    ...part(words.mine(input.mineTotal), 'home-mine', input.mineTotal, mine.length, texts, () =>
      mine.map((view) => mineBlock(view, line(view), texts)),
    ),
    ...part(
      words.snoozed(input.snoozedTotal),
      'home-snoozed',
      input.snoozedTotal,
      snoozed.length,
      texts,
      () => lineSections(snoozed.map(line), 'home-snoozed-lines'),
    ),
  ];
  return { type: 'home', callback_id: 'home', blocks: fitBlocks(blocks) };
}

/** Critical first, then the oldest. */
export function byUrgency(views: readonly AlertView[]): AlertView[] {
  return views.toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      a.openedAt - b.openedAt ||
      a.alertId - b.alertId,
  );
}

/** A heading, what is below it, and how many more there are; nothing when there are none. */
function part(
  heading: string,
  blockId: string,
  total: number,
  shown: number,
  texts: Texts,
  blocks: () => KnownBlock[],
): KnownBlock[] {
  if (total === 0) return [];
  return [
    section(`*${heading}*`, blockId),
    ...blocks(),
    ...(total > shown ? [context(texts.home.more(total - shown), `${blockId}-more`)] : []),
  ];
}

function openBlocks(view: AlertView, line: string, texts: Texts): KnownBlock[] {
  const target: AlertTarget = { a: view.alertId, v: view.version };
  return [
    section(line, `home-alert-${view.alertId}`),
    actions(
      [
        { ...button(texts.buttons.ack, 'alert_ack', target), style: 'primary' },
        button(texts.buttons.resolve, 'alert_resolve', target),
      ],
      `alert-actions-${view.alertId}`,
    ),
  ];
}

function mineBlock(view: AlertView, line: string, texts: Texts): KnownBlock {
  const target: AlertTarget = { a: view.alertId, v: view.version };
  const plainLine = section(line, `home-alert-${view.alertId}`);
  return nextStatus(view.status, 'RESOLVE') === null
    ? plainLine
    : { ...plainLine, accessory: button(texts.buttons.resolve, 'alert_resolve', target) };
}

/** A line for each severity: how many, of which kinds. */
function countsText(counts: HomeInput['counts'], texts: Texts): string {
  const lines = SEVERITIES.flatMap((severity) => {
    const own = counts.filter((one) => one.severity === severity && one.count > 0);
    if (own.length === 0) return [];
    const total = own.reduce((sum, one) => sum + one.count, 0);
    const mark = alertLook({ severity, status: 'OPEN', snoozedUntil: null }).mark;
    const kinds = own.map((one) => `${texts.kinds[one.kind]} ${one.count}`).join(', ');
    return [`${mark} *${texts.severities[severity]}* ${texts.home.unresolved(total)} · ${kinds}`];
  });
  return lines.length === 0 ? texts.home.allQuiet : lines.join('\n');
}
