import type { AlertStatus, HoldDecision } from '../../domain/alerts/lifecycle.ts';
import { type Micros, SECOND } from '../../domain/time/micros.ts';
import type { Texts, ThreadAction } from '../texts/texts.ts';
import { textsOf } from '../texts/texts-of.ts';
import { type MessageSettings, UNTIL_FIXED } from './alert-view.ts';
import { lineSections } from './blocks.ts';
import { inline, mention, quote } from './escape.ts';
import { fitMessage } from './fit-message.ts';
import { localMinute } from './local-time.ts';
import { MARKS } from './look.ts';
import { person } from './people.ts';
import type { Reply } from './slack-message.ts';

/** One thing that was done, or that happened by itself, to one alert or to several at once. */
export interface ThreadLine {
  at: Micros;
  /** A text of the audit that is none of these is shown as the change of status it was. */
  action: ThreadAction | (string & {});
  actor: string;
  actorId: string | null;
  source: 'slack' | 'api' | 'auto';
  before: AlertStatus;
  after: AlertStatus;
  /** What became of the hold that it closed. */
  decision?: HoldDecision | null;
  /** What an operator wrote, or the reason of a result. */
  note: string | null;
  /** End of a snooze. */
  until?: Micros | null;
  alertIds: readonly number[];
  /** What to call the alerts, one each; empty in an alert's own thread, where it needs no name. */
  subjects: readonly string[];
}

/** How far apart in time the parts of one click may be. */
const ONE_CLICK: Micros = 5 * SECOND;
const MOST_NAMES = 10;
const NAME = 80;
const NOTE = 1_200;

/** The lines as one post in the thread of a message, in the order given. */
export function threadEntry(entries: readonly ThreadLine[], settings: MessageSettings): Reply {
  const texts = textsOf(settings);
  const lines = merged(entries).map((entry) => lineOf(entry, settings, texts));
  return fitMessage<Reply>({
    text: lines.join('\n'),
    blocks: lineSections(lines, 'thread'),
  });
}

/** Lines that one click made, one an alert, become one line. */
function merged(entries: readonly ThreadLine[]): ThreadLine[] {
  const lines: ThreadLine[] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    if (last === undefined || !sameClick(last, entry)) {
      lines.push(entry);
      continue;
    }
    lines[lines.length - 1] = {
      ...last,
      alertIds: [...last.alertIds, ...entry.alertIds],
      subjects: [...last.subjects, ...entry.subjects],
    };
  }
  return lines;
}

function sameClick(a: ThreadLine, b: ThreadLine): boolean {
  const sameDeed = (
    ['action', 'actor', 'actorId', 'source', 'after', 'decision', 'note', 'until'] as const
  ).every((part) => (a[part] ?? null) === (b[part] ?? null));
  return sameDeed && Math.abs(a.at - b.at) <= ONE_CLICK && !b.alertIds.some((id) => a.alertIds.includes(id));
}

function lineOf(entry: ThreadLine, settings: MessageSettings, texts: Texts): string {
  const head = [
    actionWords(entry, texts),
    ...(entry.alertIds.length > 1 ? [texts.count(entry.alertIds.length)] : []),
    ...(entry.decision ? [texts.thread.decisions[entry.decision]] : []),
    ...tailOf(entry, settings, texts),
    localMinute(entry.at, settings.timeZone),
  ].join(' · ');
  return [
    head,
    ...(entry.subjects.length === 0 ? [] : [namesOf(entry, texts)]),
    ...(entry.note === null || entry.note.trim() === '' ? [] : [quote(entry.note, NOTE)]),
  ].join('\n');
}

function actionWords({ action, before, after }: ThreadLine, texts: Texts): string {
  const { actions, changed } = texts.thread;
  if (Object.hasOwn(actions, action)) {
    const known = action as ThreadAction;
    return `${MARKS[known]} ${actions[known]}`;
  }
  return changed(texts.statuses[before], texts.statuses[after]);
}

/** What else the line says before the time: who, until when, or whom it calls. */
function tailOf(entry: ThreadLine, settings: MessageSettings, texts: Texts): string[] {
  const { thread } = texts;
  if (entry.action === 'REMIND') return [thread.remind(texts.statuses[entry.after])];
  if (entry.action === 'ESCALATE') return [thread.escalate(mention(settings.escalation))];
  const until = entry.until ?? null;
  return [...(until === null ? [] : [untilWords(until, settings, texts)]), ...whoOf(entry, texts)];
}

function untilWords(until: Micros, { timeZone }: MessageSettings, { thread }: Texts): string {
  return until >= UNTIL_FIXED ? thread.untilFixed : thread.until(localMinute(until, timeZone));
}

function whoOf({ actor, actorId, source }: ThreadLine, texts: Texts): string[] {
  if (source === 'auto') return [texts.thread.automatic];
  const who = person(actor, actorId, texts);
  return [
    ...(who === null ? [] : [texts.thread.by(who)]),
    ...(source === 'api' ? [texts.thread.overApi] : []),
  ];
}

function namesOf({ subjects }: ThreadLine, texts: Texts): string {
  const names = subjects.slice(0, MOST_NAMES).map((name) => `• ${inline(name, NAME)}`);
  return [...names, ...(subjects.length > MOST_NAMES ? [texts.more(subjects.length - MOST_NAMES)] : [])].join(
    '\n',
  );
}
