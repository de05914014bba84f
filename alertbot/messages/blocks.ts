import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ConfirmationDialog,
  ContextBlock,
  HeaderBlock,
  MrkdwnElement,
  Overflow,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
} from '@slack/types';
import { NOTHING } from './escape.ts';
import { LIMITS } from './limits.ts';
import { truncate } from './truncate.ts';

// The blocks we use, each within Slack's limits by construction.

/**
 * Text that its writer has escaped. `verbatim`: Slack makes no links and mentions of its own out of what looks like one.
 */
export function mrkdwn(text: string, max: number = LIMITS.section): MrkdwnElement {
  return { type: 'mrkdwn', text: notEmpty(truncate(text, max)), verbatim: true };
}

export function plain(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: notEmpty(truncate(text, max)), emoji: true };
}

/** Slack refuses empty texts. */
function notEmpty(text: string): string {
  return text.trim() === '' ? NOTHING : text;
}

export function section(text: string, blockId: string): SectionBlock {
  return { type: 'section', block_id: blockId, text: mrkdwn(text) };
}

/** Lines packed into as few sections as hold them whole. */
export function lineSections(lines: readonly string[], blockId: string): SectionBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= LIMITS.section)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts.map((text, index) => section(text, `${blockId}-${index}`));
}

/** Texts in two columns, ten to a section. */
export function fieldSections(texts: readonly string[], blockId: string): SectionBlock[] {
  const sections: SectionBlock[] = [];
  for (let from = 0; from < texts.length; from += LIMITS.fields) {
    const fields = texts.slice(from, from + LIMITS.fields).map((text) => mrkdwn(text, LIMITS.field));
    sections.push({ type: 'section', block_id: from === 0 ? blockId : `${blockId}-${from}`, fields });
  }
  return sections;
}

export function context(text: string, blockId: string): ContextBlock {
  return { type: 'context', block_id: blockId, elements: [mrkdwn(text, LIMITS.context)] };
}

export function header(text: string, blockId: string): HeaderBlock {
  return { type: 'header', block_id: blockId, text: plain(text, LIMITS.header) };
}

export function actions(elements: ActionsBlockElement[], blockId: string): ActionsBlock {
  return { type: 'actions', block_id: blockId, elements };
}

export function button(label: string, actionId: string, value: object): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: plain(label, LIMITS.button),
    value: JSON.stringify(value),
  };
}

export function confirmation(words: {
  title: string;
  text: string;
  confirm: string;
  deny: string;
}): ConfirmationDialog {
  return {
    title: plain(words.title, LIMITS.confirmTitle),
    text: plain(words.text, LIMITS.confirmText),
    confirm: plain(words.confirm, LIMITS.confirmButton),
    deny: plain(words.deny, LIMITS.confirmButton),
  };
}

export function option(label: string, value: string): PlainTextOption {
  return { text: plain(label, LIMITS.option), value };
}

/** An option that opens an address; null when there is none that Slack would take. */
export function linkOption(label: string, value: string, url: string | null): PlainTextOption | null {
  if (url === null || url.length > LIMITS.url || !/^https?:\/\/[^\s<>|]+$/u.test(url)) return null;
  return { ...option(label, value), url };
}

/**
 * A menu; null when it has no options. Slack wants two at least, so an only one becomes a button that says the same:
 * its value is that of the option.
 */
export function menu(
  actionId: string,
  options: readonly (PlainTextOption | null)[],
): Overflow | Button | null {
  const offered = options.filter((one) => one !== null).slice(0, LIMITS.options);
  const [only, second] = offered;
  if (only === undefined) return null;
  if (second !== undefined) return { type: 'overflow', action_id: actionId, options: offered };
  return { type: 'button', action_id: actionId, ...only };
}
