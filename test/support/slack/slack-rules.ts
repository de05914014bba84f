/**
 * What Slack makes of our texts, written a second time and without anything of ours: limits, and which mentions, links
 * and formatting a reader would see. Answers with what is wrong.
 */

type Json = Record<string, unknown>;

interface Found {
  /** Names of the members on the way to the text. */
  path: string;
  text: string;
  type: 'mrkdwn' | 'plain_text' | 'bare';
  verbatim: boolean;
}

const MAX_BY_PATH: readonly [RegExp, number][] = [
  [/confirm\.title$/u, 100],
  [/confirm\.text$/u, 300],
  [/confirm\.(confirm|deny)$/u, 30],
  [/options\.\d+\.(text|description)$/u, 75],
  [/(elements\.\d+|accessory)\.text$/u, 75],
  [/placeholder$/u, 150],
  [/fields\.\d+$/u, 2000],
  [/elements\.\d+$/u, 3000],
  [/^(title|submit|close)$/u, 24],
  [/./u, 3000],
];

/** @param mentions the only ones that may occur, such as `<@U0KIM>` */
export function problemsOf(content: object, mentions: readonly string[] = []): string[] {
  const texts = [...textsIn(content, [])];
  return [...texts.flatMap((found) => textProblems(found, mentions)), ...shapeProblems(content as Json)];
}

function* textsIn(value: unknown, path: readonly string[]): Generator<Found> {
  if (typeof value !== 'object' || value === null) return;
  const { type, text, verbatim } = value as Json;
  const here = path.join('.');
  if ((type === 'mrkdwn' || type === 'plain_text') && typeof text === 'string') {
    yield { path: here, text, type, verbatim: verbatim === true };
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    const isBare = (name === 'text' || name === 'fallback') && typeof member === 'string';
    if (isBare) yield { path: [...path, name].join('.'), text: member, type: 'bare', verbatim: true };
    else yield* textsIn(member, [...path, name]);
  }
}

function textProblems({ path, text, type, verbatim }: Found, mentions: readonly string[]): string[] {
  const problems: string[] = [];
  const say = (problem: string) =>
    problems.push(`${path}: ${problem}: ${JSON.stringify(text.slice(0, 200))}`);
  const max = MAX_BY_PATH.find(([pattern]) => pattern.test(path))?.[1] ?? 0;
  if (text.length > max) say(`${text.length} of ${max} characters`);
  if (text.trim() === '') say('empty');
  if (!text.isWellFormed()) say('half a surrogate pair');
  if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/u.test(text)) say('control character');
  if (/[\u202a-\u202e\u2066-\u2069]/u.test(text)) say('turns the direction');
  if (type === 'mrkdwn' && !verbatim) say('not verbatim');
  if (type === 'plain_text' && /[<>]/u.test(text)) say('markup in plain text');
  if (type === 'plain_text') return problems;
  const rest = mentions.reduce((left, mention) => left.replaceAll(mention, ''), text);
  if (rest.includes('<')) say('a link or mention');
  if (rest.replaceAll(/^>(?= |…$)/gmu, '').includes('>')) say('an unescaped >');
  if (/&(?!(amp|lt|gt);)/u.test(rest)) say('half an entity');
  return problems;
}

function shapeProblems(content: Json): string[] {
  const isView = content.type === 'modal' || content.type === 'home';
  const attachments = (content.attachments ?? []) as Json[];
  const blocks = [content, ...attachments].flatMap((one) => (one.blocks ?? []) as Json[]);
  const ids = blocks.map((block) => String(block.block_id));
  const size = JSON.stringify([content.blocks, attachments]).length;
  return [
    ...(blocks.length > (isView ? 100 : 50) ? [`${blocks.length} blocks`] : []),
    ...(new Set(ids).size < ids.length ? [`block_id twice: ${ids.join(' ')}`] : []),
    ...(ids.some((id) => id.length > 255) ? ['block_id too long'] : []),
    ...(size > (isView ? 250_000 : 13_000) ? [`${size} characters in all`] : []),
    ...(String(content.private_metadata ?? '').length > 3000 ? ['private_metadata too long'] : []),
    ...blocks.flatMap((block) => buttonProblems(block)),
  ];
}

function buttonProblems(block: Json): string[] {
  const elements = block.type === 'actions' ? (block.elements as Json[]) : [];
  const buttons = elements.filter((element) => element.type === 'button');
  const ids = elements.map((element) => String(element.action_id));
  return [
    ...(block.type === 'actions' && elements.length === 0 ? ['no buttons in a row of them'] : []),
    ...(new Set(ids).size < ids.length ? [`action_id twice: ${ids.join(' ')}`] : []),
    ...(buttons.some((button) => String(button.value ?? '').length > 2000) ? ['value too long'] : []),
  ];
}
