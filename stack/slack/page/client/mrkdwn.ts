import { parseEntity } from './mrkdwn-entity.ts';

/** A run of text inside a line. Text is plain: escapes are undone, and nothing of it is ever HTML. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'emoji'; name: string }
  | { kind: 'link'; url: string; label: string }
  | { kind: 'user' | 'group' | 'channel'; id: string; label: string | null }
  | { kind: 'broadcast'; range: string }
  | { kind: 'date'; seconds: number; format: string; link: string | null; fallback: string };

export type Paragraph = { kind: 'lines' | 'quote'; children: Inline[] } | { kind: 'pre'; text: string };

const fencePattern = /```\n?([\s\S]+?)\n?```/;
const quotePrefix = /^(?:>|&gt;) ?/;

/** Slack's mrkdwn as a tree. */
export function parseMrkdwn(source: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let rest = source;
  for (let fence = fencePattern.exec(rest); fence !== null; fence = fencePattern.exec(rest)) {
    paragraphs.push(...parseLines(rest.slice(0, fence.index).replace(/\n$/, '')));
    paragraphs.push({ kind: 'pre', text: plainText(fence[1] ?? '') });
    rest = rest.slice(fence.index + fence[0].length).replace(/^\n/, '');
  }
  return [...paragraphs, ...parseLines(rest)];
}

function parseLines(source: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  if (source === '') return paragraphs;
  for (const line of source.split('\n')) {
    const kind = quotePrefix.test(line) ? 'quote' : 'lines';
    const children = parseInline(line.replace(quotePrefix, kind === 'quote' ? '' : '$&'));
    const last = paragraphs.at(-1);
    if (last !== undefined && last.kind === kind) last.children.push({ kind: 'break' }, ...children);
    else paragraphs.push({ kind, children });
  }
  return paragraphs;
}

const marks = { '*': 'bold', _: 'italic', '~': 'strike' } as const;

// In this order: code, an entity, an emoji, an address, and text between marks that begin and end at a word's edge.
const token = new RegExp(
  [
    '`(?<code>[^`\\n]+)`',
    '<(?<entity>[^<>\\n]+)>',
    ':(?<emoji>[a-z0-9_+-]+):',
    '(?<address>https?://[^\\s<>|]+[^\\s<>|.,;:!?)\\]}\'"*_~`])',
    '(?<![\\p{L}\\p{N}])(?<mark>[*_~])(?=\\S)(?<marked>(?:(?!\\k<mark>)[^\\n])+?)(?<=\\S)\\k<mark>(?![\\p{L}\\p{N}])',
  ].join('|'),
  'gu',
);

/** One line, or any text without paragraphs. */
export function parseInline(line: string): Inline[] {
  const inlines: Inline[] = [];
  let position = 0;
  for (const match of line.matchAll(token)) {
    pushText(inlines, line.slice(position, match.index));
    inlines.push(inlineOf(match.groups ?? {}, match[0]));
    position = match.index + match[0].length;
  }
  pushText(inlines, line.slice(position));
  return inlines;
}

function inlineOf(groups: Record<string, string | undefined>, whole: string): Inline {
  if (groups.code !== undefined) return { kind: 'code', text: plainText(groups.code) };
  if (groups.entity !== undefined) return parseEntity(groups.entity);
  if (groups.emoji !== undefined) return { kind: 'emoji', name: groups.emoji };
  if (groups.address !== undefined) {
    const url = unescapeText(groups.address);
    return { kind: 'link', url, label: url };
  }
  const kind = marks[groups.mark as keyof typeof marks];
  return { kind, children: parseInline(groups.marked ?? whole) };
}

function pushText(inlines: Inline[], text: string): void {
  if (text !== '') inlines.push({ kind: 'text', text: unescapeText(text) });
}

/** The three characters Slack asks to be escaped; `&amp;lt;` becomes `&lt;` and not `<`. */
export function unescapeText(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (_, name: string) =>
    name === 'lt' ? '<' : name === 'gt' ? '>' : '&',
  );
}

/** As code shows it: links by their label, everything else as it was written. */
function plainText(source: string): string {
  const withLabels = source.replace(
    /<((?:https?|mailto):[^<>|\n]+)(?:\|([^<>\n]+))?>/g,
    (_, url, label) => label ?? url,
  );
  return unescapeText(withLabels);
}
