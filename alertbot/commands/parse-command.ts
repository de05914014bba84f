import type { HoldDecision } from '../../domain/alerts/lifecycle.ts';
import { DAY, HOUR, MINUTE, type Micros } from '../../domain/time/micros.ts';
import type { ListFilter } from '../texts/texts.ts';

/** What somebody typed after `/holdfast`. */
export type Command =
  | { name: 'list'; filter: ListFilter }
  | { name: 'show'; alertId: number }
  | { name: 'ack'; alertId: number; note: string | null }
  | { name: 'resolve'; alertId: number; decision: HoldDecision | null; note: string | null }
  | { name: 'retry'; alertId: number }
  | { name: 'snooze'; alertId: number; duration: Micros }
  | { name: 'unsnooze'; alertId: number }
  | { name: 'help' };

/** What is wrong with it. The words stand in `texts/`. */
export type CommandProblem =
  | { code: 'unknown_command'; word: string }
  | { code: 'missing_id'; command: string }
  | { code: 'bad_id'; command: string; word: string }
  | { code: 'bad_filter'; word: string }
  | { code: 'missing_duration'; alertId: number }
  | { code: 'bad_duration'; alertId: number; word: string }
  | { code: 'surplus'; command: string; word: string }
  | { code: 'note_too_long'; most: number };

export type ParsedCommand = { ok: true; command: Command } | { ok: false; problem: CommandProblem };

/** Longest note, in characters; as in the dialog. */
const LONGEST_NOTE = 500;
const LONGEST_SNOOZE: Micros = 30 * DAY;
const UNITS: Readonly<Record<string, Micros>> = { m: MINUTE, h: HOUR, d: DAY };
const FILTERS: readonly ListFilter[] = ['all', 'critical', 'warning', 'mine'];

/** Reads the text of a `/holdfast` command. Without any it is `help`; upper and lower case are the same. */
export function parseCommand(text: string): ParsedCommand {
  const { word, rest } = firstWord(withoutEntities(text).normalize('NFC'));
  const name = word.toLowerCase();
  switch (name) {
    case '':
    case 'help':
      return { ok: true, command: { name: 'help' } };
    case 'list':
      return parseList(rest);
    case 'ack':
      return withAlert(name, rest, (alertId, note) =>
        withNote(note, (own) => ({ name, alertId, note: own })),
      );
    case 'resolve':
      return withAlert(name, rest, parseResolve);
    case 'snooze':
      return withAlert(name, rest, parseSnooze);
    case 'show':
    case 'retry':
    case 'unsnooze':
      return withAlert(name, rest, (alertId, surplus) => exactly(name, surplus, { name, alertId }));
    default:
      return problem({ code: 'unknown_command', word });
  }
}

function parseList(rest: string): ParsedCommand {
  const { word, rest: surplus } = firstWord(rest);
  const filter = FILTERS.find((one) => one === (word === '' ? 'all' : word.toLowerCase()));
  if (filter === undefined) return problem({ code: 'bad_filter', word });
  return exactly('list', surplus, { name: 'list', filter });
}

/** `release` or `cancel` as the first word is a decision; any other word begins the note. */
function parseResolve(alertId: number, rest: string): ParsedCommand {
  const { word, rest: afterWord } = firstWord(rest);
  const decision = word.toLowerCase();
  const isDecision = decision === 'release' || decision === 'cancel';
  return withNote(isDecision ? afterWord : rest, (note) => ({
    name: 'resolve',
    alertId,
    decision: isDecision ? decision : null,
    note,
  }));
}

function parseSnooze(alertId: number, rest: string): ParsedCommand {
  const { word, rest: surplus } = firstWord(rest);
  if (word === '') return problem({ code: 'missing_duration', alertId });
  const [, digits, unit] = /^(\d{1,6})([mhd])$/iu.exec(word) ?? [];
  const duration = Number(digits) * (UNITS[unit?.toLowerCase() ?? ''] ?? Number.NaN);
  if (!(duration >= MINUTE && duration <= LONGEST_SNOOZE))
    return problem({ code: 'bad_duration', alertId, word });
  return exactly('snooze', surplus, { name: 'snooze', alertId, duration });
}

/** Reads the number of an alert, `12` or `#12`, then the rest. */
function withAlert(
  command: string,
  text: string,
  next: (alertId: number, rest: string) => ParsedCommand,
): ParsedCommand {
  const { word, rest } = firstWord(text);
  if (word === '') return problem({ code: 'missing_id', command });
  const alertId = Number(/^#?(\d{1,16})$/u.exec(word)?.[1]);
  return Number.isSafeInteger(alertId) && alertId > 0
    ? next(alertId, rest)
    : problem({ code: 'bad_id', command, word });
}

function withNote(text: string, command: (note: string | null) => Command): ParsedCommand {
  if ([...text].length > LONGEST_NOTE) return problem({ code: 'note_too_long', most: LONGEST_NOTE });
  return { ok: true, command: command(text === '' ? null : text) };
}

function exactly(name: string, surplus: string, command: Command): ParsedCommand {
  return surplus === '' ? { ok: true, command } : problem({ code: 'surplus', command: name, word: surplus });
}

function firstWord(text: string): { word: string; rest: string } {
  const trimmed = text.trim();
  const end = trimmed.search(/\s/u);
  return end < 0
    ? { word: trimmed, rest: '' }
    : { word: trimmed.slice(0, end), rest: trimmed.slice(end).trim() };
}

function problem(found: CommandProblem): ParsedCommand {
  return { ok: false, problem: found };
}

/** Slack sends the text of a command with these three escaped. */
function withoutEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
