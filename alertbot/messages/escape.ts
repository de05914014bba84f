import { ELLIPSIS, truncate } from './truncate.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const LOOK_ALIKES: Readonly<Record<string, string>> = { '*': '∗', '~': '∼', '`': 'ˋ' };

/** Turn the direction of what follows, so that a name could rewrite the words around it. */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/gu;
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/gu;
const LINE_BREAKS = /\r\n|[\r\v\f\u0085\u2028\u2029]/gu;
/** An underscore opens or closes italics only beside something that is no word; `event_id` stays as it is. */
const EDGE_UNDERSCORE = /(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])/gu;

/**
 * Data as text of a mrkdwn object: it shows as itself, over several lines if it has them, and does nothing.
 *
 * Slack has no escape but for `&`, `<` and `>`. That is enough against forged mentions and links; against forged
 * formatting only look-alikes help. The exact text is in the evidence, as code, where nothing formats.
 */
export function escapeMrkdwn(text: string): string {
  return escapeEntities(text)
    .replace(/[*~`]/gu, (character) => LOOK_ALIKES[character] ?? '')
    .replace(EDGE_UNDERSCORE, (underscores) => '＿'.repeat(underscores.length));
}

/** Data without anything invisible or of Slack's own. For where nothing is formatted: code, and plain notifications. */
export function escapeEntities(text: string): string {
  return visible(text).replace(/[&<>]/gu, (character) => ENTITIES[character] ?? '');
}

function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(LINE_BREAKS, '\n')
    .replaceAll('\t', ' ')
    .replace(CONTROLS, controlPicture)
    .replace(DIRECTION_CONTROLS, '\ufffd');
}

function controlPicture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** Shown for data that has nothing to show. */
export const NOTHING = '—';

/** Data as part of a line of mrkdwn, of at most `max` UTF-16 units. */
export function inline(text: string, max: number): string {
  return cutTo(escapeMrkdwn, oneLine(text, max), max);
}

/** Data as code within a line, easy to copy, of at most `max` UTF-16 units. */
export function code(text: string, max: number): string {
  const inner = cutTo(escapeEntities, oneLine(text, max).replaceAll('`', 'ˋ'), max - 2);
  return inner === NOTHING ? NOTHING : `\`${inner}\``;
}

/** Data of several lines as a quotation: none of its lines can pass for one of ours. At most `max` UTF-16 units. */
export function quote(text: string, max: number): string {
  const lines = cutTo(escapeMrkdwn, beginning(text.trim(), max), max).split('\n');
  return truncate(lines.map((line) => `> ${line}`).join('\n'), max);
}

/** One line of the text; of a long one only what can be needed, so that a megabyte costs nothing. */
function oneLine(text: string, max: number): string {
  return beginning(text, max * 4)
    .replace(/[\s\u0085]+/gu, ' ')
    .trim();
}

function beginning(text: string, units: number): string {
  if (text.length <= units) return text;
  const splitsPair = /[\ud800-\udbff]/.test(text[units - 1] ?? '');
  return `${text.slice(0, splitsPair ? units - 1 : units)}${ELLIPSIS}`;
}

function cutTo(escaped: (text: string) => string, text: string, max: number): string {
  return text.trim() === '' ? NOTHING : truncate(escaped(text), max);
}

const USER_ID = /^[UW][A-Z0-9]{2,20}$/u;
const GROUP_ID = /^S[A-Z0-9]{2,20}$/u;

/** A mention of a user or user group by its id; null when it is the id of neither. */
export function mention(id: string | null): string | null {
  if (id === null) return null;
  if (USER_ID.test(id)) return `<@${id}>`;
  return GROUP_ID.test(id) ? `<!subteam^${id}>` : null;
}
