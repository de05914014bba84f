import { memo, type ReactNode } from 'react';
import { useDirectory } from './context.ts';
import { exactTimeOf, fillDateFormat } from './dates.ts';
import { emojiName, splitAtEmoji } from './emoji.ts';
import { Emoji } from './emoji-view.tsx';
import { type Inline, type Paragraph, parseMrkdwn, unescapeText } from './mrkdwn.ts';
import { isSafeUrl } from './mrkdwn-entity.ts';
import { inSequence } from './sequence.ts';

/** Text with Slack's marks. */
export const Mrkdwn = memo(function Mrkdwn({ text }: { text: string }) {
  return inSequence(parseMrkdwn(text), paragraphView);
});

function paragraphView(paragraph: Paragraph): ReactNode {
  if (paragraph.kind === 'pre') return <pre className="pre">{paragraph.text}</pre>;
  const children = inSequence(paragraph.children, inlineView);
  return paragraph.kind === 'quote' ? (
    <blockquote className="quote">{children}</blockquote>
  ) : (
    <div>{children}</div>
  );
}

/** A text object of Block Kit; plain_text knows emoji and nothing else. */
export function TextObject({ text }: { text: { type: string; text: string; emoji?: boolean } }) {
  if (text.type === 'mrkdwn') return <Mrkdwn text={text.text} />;
  return <PlainText text={text.text} emoji={text.emoji !== false} />;
}

export function PlainText({ text, emoji = true }: { text: string; emoji?: boolean }) {
  const parts = emoji ? unescapeText(text).split(/:([a-z0-9_+-]+):/) : [unescapeText(text)];
  return inSequence(parts, (part, index) =>
    index % 2 === 1 ? <Emoji name={part} /> : <Characters text={part} />,
  );
}

function inlineView(inline: Inline): ReactNode {
  switch (inline.kind) {
    case 'text':
      return <Characters text={inline.text} />;
    case 'break':
      return <br />;
    case 'bold':
      return <strong>{inSequence(inline.children, inlineView)}</strong>;
    case 'italic':
      return <em>{inSequence(inline.children, inlineView)}</em>;
    case 'strike':
      return <s>{inSequence(inline.children, inlineView)}</s>;
    case 'code':
      return <code className="code">{inline.text}</code>;
    case 'emoji':
      return <Emoji name={inline.name} />;
    case 'link':
      return (
        <SafeLink url={inline.url}>
          <PlainText text={inline.label} />
        </SafeLink>
      );
    case 'date':
      return <DateText {...inline} />;
    default:
      return <Mention mention={inline} />;
  }
}

/** A link that leads to another page, or its text alone where the address is none that a page may open. */
export function SafeLink({ url, children }: { url: string; children: ReactNode }) {
  if (!isSafeUrl(url)) return children;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" title={url}>
      {children}
    </a>
  );
}

function DateText({ seconds, format, link, fallback }: Extract<Inline, { kind: 'date' }>) {
  const filled = fillDateFormat(format, seconds, Date.now());
  if (filled === null) return fallback;
  const time = <time title={exactTimeOf(seconds * 1000)}>{filled}</time>;
  return link === null ? time : <SafeLink url={link}>{time}</SafeLink>;
}

type MentionInline = Extract<Inline, { kind: 'user' | 'group' | 'channel' | 'broadcast' }>;

function Mention({ mention }: { mention: MentionInline }) {
  const directory = useDirectory();
  if (mention.kind === 'broadcast') return <Pill text={`@${mention.range}`} own />;
  const { id, label } = mention;
  if (mention.kind === 'channel') {
    const name = directory.channels.find((channel) => channel.id === id)?.name;
    return <Pill text={`#${name ?? label ?? id}`} />;
  }
  if (mention.kind === 'group') {
    const group = directory.user_groups.find((candidate) => candidate.id === id);
    const own = directory.actingAs !== null && group?.users.includes(directory.actingAs) === true;
    return <Pill text={`@${group?.handle ?? label?.replace(/^@/, '') ?? id}`} own={own} />;
  }
  const user = directory.users.find((candidate) => candidate.id === id);
  return (
    <Pill text={`@${user?.real_name ?? label?.replace(/^@/, '') ?? id}`} own={id === directory.actingAs} />
  );
}

function Pill({ text, own = false }: { text: string; own?: boolean }) {
  return <span className={own ? 'mention mention-own' : 'mention'}>{text}</span>;
}

/** Emoji that stand in a text as characters look like those that stand there by name. */
function Characters({ text }: { text: string }) {
  return inSequence(splitAtEmoji(text), (part, index) => {
    const name = index % 2 === 1 ? emojiName(part) : null;
    return name === null ? part : <Emoji name={name} />;
  });
}
