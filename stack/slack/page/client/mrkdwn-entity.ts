import { type Inline, unescapeText } from './mrkdwn.ts';

const datePattern = /^!date\^(-?\d+)\^([^^|]+)(?:\^([^|]+))?(?:\|([\s\S]*))?$/;

/** What stands between `<` and `>`. What is not understood is shown as it was written. */
export function parseEntity(source: string): Inline {
  const date = datePattern.exec(source);
  if (date !== null) {
    const [, seconds, format, link, fallback] = date;
    return {
      kind: 'date',
      seconds: Number(seconds),
      format: unescapeText(format ?? ''),
      link: link === undefined ? null : unescapeText(link),
      fallback: unescapeText(fallback ?? ''),
    };
  }
  const bar = source.indexOf('|');
  const head = bar === -1 ? source : source.slice(0, bar);
  const label = bar === -1 ? null : unescapeText(source.slice(bar + 1));
  return mention(head, label) ?? link(head, label) ?? { kind: 'text', text: unescapeText(`<${source}>`) };
}

function mention(head: string, label: string | null): Inline | null {
  if (/^@[UW][A-Z0-9]+$/.test(head)) return { kind: 'user', id: head.slice(1), label };
  if (/^#[CG][A-Z0-9]+$/.test(head)) return { kind: 'channel', id: head.slice(1), label };
  if (/^!subteam\^S[A-Z0-9]+$/.test(head))
    return { kind: 'group', id: head.slice('!subteam^'.length), label };
  if (/^!(here|channel|everyone)$/.test(head)) return { kind: 'broadcast', range: head.slice(1) };
  return null;
}

function link(head: string, label: string | null): Inline | null {
  const url = unescapeText(head);
  if (!isSafeUrl(url)) return null;
  return { kind: 'link', url, label: label ?? url.replace(/^mailto:/, '') };
}

/** Whether a link may lead there; `javascript:` and the like may not. */
export function isSafeUrl(url: string): boolean {
  return /^(?:https?:\/\/|mailto:)\S/i.test(url);
}
