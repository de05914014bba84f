import type { MessageAttachment } from '@slack/types';
import { BlockList } from './blocks/block-list.tsx';
import { safeImageUrl } from './blocks/image.tsx';
import { dayOf, timeOf } from './dates.ts';
import { Mrkdwn, SafeLink } from './mrkdwn-view.tsx';
import { inSequence } from './sequence.ts';

const namedColours: Record<string, string> = { good: '#2eb67d', warning: '#ecb22e', danger: '#e01e5a' };

/** The part of a message with the colour bar: blocks, or the older form with title, text and fields. */
export function AttachmentView({ attachment }: { attachment: MessageAttachment }) {
  const { color, pretext, blocks } = attachment;
  return (
    <>
      {pretext === undefined ? null : <Mrkdwn text={pretext} />}
      <div className="attachment" data-testid="attachment" data-color={color}>
        <span className="attachment-bar" style={{ background: colourOf(color) }} />
        <div className="attachment-main">
          {blocks === undefined ? <OldForm attachment={attachment} /> : <BlockList blocks={blocks} />}
        </div>
      </div>
    </>
  );
}

function OldForm({ attachment }: { attachment: MessageAttachment }) {
  const { author_name, title, title_link, text, fallback, fields, image_url } = attachment;
  return (
    <>
      {author_name === undefined ? null : <div className="attachment-author">{author_name}</div>}
      {title === undefined ? null : (
        <div className="attachment-title">
          {title_link === undefined ? title : <SafeLink url={title_link}>{title}</SafeLink>}
        </div>
      )}
      {text === undefined ? null : <Mrkdwn text={text} />}
      {title === undefined && text === undefined && fallback !== undefined ? (
        <Mrkdwn text={fallback} />
      ) : null}
      {fields === undefined ? null : (
        <div className="fields">
          {inSequence(fields, (field) => (
            <div className={field.short === true ? 'field' : 'field field-wide'}>
              <strong>{field.title}</strong>
              <Mrkdwn text={field.value} />
            </div>
          ))}
        </div>
      )}
      {image_url === undefined ? null : (
        <img className="attachment-image" src={safeImageUrl({ image_url, alt_text: '' })} alt="" />
      )}
      <Foot attachment={attachment} />
    </>
  );
}

function Foot({ attachment: { footer, ts } }: { attachment: MessageAttachment }) {
  if (footer === undefined && ts === undefined) return null;
  const milliseconds = Number(ts) * 1000;
  const time = ts === undefined ? [] : [`${dayOf(milliseconds, Date.now())} at ${timeOf(milliseconds)}`];
  return (
    <div className="attachment-foot">{[...(footer === undefined ? [] : [footer]), ...time].join(' | ')}</div>
  );
}

function colourOf(color: string | undefined): string | undefined {
  if (color === undefined) return undefined;
  if (Object.hasOwn(namedColours, color)) return namedColours[color];
  const hex = color.replace(/^#/, '');
  return /^[0-9a-f]{3}$|^[0-9a-f]{6}$/i.test(hex) ? `#${hex}` : undefined;
}
