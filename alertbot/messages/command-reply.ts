import type { CommandProblem } from '../commands/parse-command.ts';
import type { ListFilter } from '../texts/texts.ts';
import { textsOf } from '../texts/texts-of.ts';
import { alertLine } from './alert-line.ts';
import { alertMessage } from './alert-message.ts';
import type { AlertView, MessageSettings } from './alert-view.ts';
import { section } from './blocks.ts';
import { reply } from './ephemeral.ts';
import { code } from './escape.ts';
import { fitMessage } from './fit-message.ts';
import { byUrgency } from './home-view.ts';
import type { Reply, SlackMessage } from './slack-message.ts';
import { type ThreadLine, threadEntry } from './thread-entry.ts';

/** Alerts in one answer; it has to be read in a channel. */
export const MOST_LISTED = 20;

const WORD = 60;

/** @param total alerts that the filter matches; `alerts` are those to show, of which the first {@link MOST_LISTED} are */
export function listReply(
  list: { filter: ListFilter; alerts: readonly AlertView[]; total: number },
  settings: MessageSettings,
): Reply {
  const texts = textsOf(settings);
  if (list.total === 0) return reply(texts.list.none[list.filter]);
  const shown = byUrgency(list.alerts).slice(0, MOST_LISTED);
  return reply(
    `*${texts.list.titles[list.filter]}* ${texts.count(list.total)}`,
    ...shown.map((view) => alertLine(view, settings, texts)),
    ...(list.total > shown.length ? [texts.more(list.total - shown.length)] : []),
  );
}

/** The alert as its message shows it, with what was done to it, the newest last. */
export function showReply(
  view: AlertView,
  history: readonly ThreadLine[],
  settings: MessageSettings,
): Omit<SlackMessage, 'metadata'> {
  const { text, blocks, attachments } = alertMessage(view, settings);
  if (history.length === 0) return { text, blocks, attachments };
  const title = section(`*${textsOf(settings).list.history}*`, 'history');
  const entries = threadEntry(history, settings).blocks;
  return fitMessage({ text, blocks: [...blocks, title, ...entries], attachments });
}

/** What is wrong with a command, and what to type. */
export function problemReply(problem: CommandProblem, settings: Pick<MessageSettings, 'locale'>): Reply {
  const texts = textsOf(settings);
  const words = texts.problems;
  switch (problem.code) {
    case 'unknown_command':
      return reply(words.unknownCommand(code(problem.word, WORD)), ...texts.help);
    case 'missing_id':
      return reply(words.missingId(problem.command));
    case 'bad_id':
      return reply(words.badId(problem.command, code(problem.word, WORD)));
    case 'bad_filter':
      return reply(words.badFilter(code(problem.word, WORD)));
    case 'missing_duration':
      return reply(words.missingDuration(problem.alertId));
    case 'bad_duration':
      return reply(words.badDuration(problem.alertId, code(problem.word, WORD)));
    case 'surplus':
      return reply(words.surplus(code(problem.command, WORD), code(problem.word, WORD)));
    case 'note_too_long':
      return reply(words.noteTooLong(problem.most));
  }
}
