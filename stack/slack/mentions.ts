import { isObject, type JsonObject, objectsOf } from './json.ts';

const MENTION = /<(@[UW][A-Z0-9]+|!subteam\^S[A-Z0-9]+|!here|!channel|!everyone|!group)(?:\|[^<>]*)?>/g;
/** Without markup: a mention where Slack is asked, or left, to look for names. */
const NAMED = /(?<![\w<!])@(here|channel|everyone)\b/g;

/** The parts of an attachment that Slack reads mentions from. */
const ATTACHMENT_TEXTS = ['pretext', 'title', 'text', 'footer', 'author_name'] as const;

export interface MentionSource {
  text: string;
  blocks?: readonly unknown[] | undefined;
  attachments?: readonly unknown[] | undefined;
}

/**
 * Whom a message addresses, each once and in the form `<@U0KIM>`, without labels. An id counts whether or not somebody
 * has it. Rather too much is found than too little: attachments count, although Slack notifies nobody for them, and so
 * does a plain @here in a mrkdwn object without `verbatim: true`, of which Slack says only that "certain mentions will be
 * automatically parsed".
 *
 * @param linkNames sent with link_names or parse=full: plain @here, @channel and @everyone count in all texts
 */
export function mentionsOf(message: MentionSource, linkNames = false): string[] {
  const found = new Set<string>();
  inText(message.text, linkNames, found);
  for (const block of objectsOf(message.blocks)) inBlocks(block, linkNames, found);
  for (const attachment of objectsOf(message.attachments)) {
    for (const field of ATTACHMENT_TEXTS) inText(attachment[field], linkNames, found);
    for (const field of objectsOf(attachment.fields)) inText(field.value, linkNames, found);
    for (const block of objectsOf(attachment.blocks)) inBlocks(block, linkNames, found);
  }
  return [...found];
}

function inText(text: unknown, linkNames: boolean, found: Set<string>): void {
  if (typeof text !== 'string') return;
  for (const [, target] of text.matchAll(MENTION)) found.add(`<${target}>`);
  if (linkNames) for (const [, name] of text.matchAll(NAMED)) found.add(`<!${name}>`);
}

function inBlocks(value: JsonObject, linkNames: boolean, found: Set<string>): void {
  if (value.type === 'plain_text' || value.type === 'raw_text') return;
  if (value.type === 'mrkdwn') inText(value.text, linkNames || value.verbatim !== true, found);
  if (value.type === 'markdown') inText(value.text, true, found);
  if (value.type === 'user' && typeof value.user_id === 'string') found.add(`<@${value.user_id}>`);
  if (value.type === 'usergroup' && typeof value.usergroup_id === 'string')
    found.add(`<!subteam^${value.usergroup_id}>`);
  if (value.type === 'broadcast' && typeof value.range === 'string') found.add(`<!${value.range}>`);
  for (const part of Object.values(value)) {
    if (isObject(part)) inBlocks(part, linkNames, found);
    else for (const item of flatten(part)) inBlocks(item, linkNames, found);
  }
}

/** Table rows are arrays in arrays. */
function flatten(value: unknown): JsonObject[] {
  return Array.isArray(value) ? objectsOf(value.flat(2)) : [];
}
