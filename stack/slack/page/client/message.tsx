import { memo } from 'react';
import type { StandinMessage, StandinUser } from '../../standin-types.ts';
import { AttachmentView } from './attachment.tsx';
import { Avatar } from './avatar.tsx';
import { BlockList } from './blocks/block-list.tsx';
import { useDirectory, useDispatch } from './context.ts';
import { exactTimeOf, millisecondsOf, timeOf } from './dates.ts';
import { Icon } from './icons.tsx';
import { MessageTools } from './message-tools.tsx';
import { Mrkdwn } from './mrkdwn-view.tsx';
import type { ThreadSummary } from './selectors.ts';
import { inSequence } from './sequence.ts';
import { SurfaceContext, useValues } from './surface.ts';
import { ThreadLink } from './thread-link.tsx';

type Props = {
  readonly message: StandinMessage;
  /** Without name and picture, under another message of the same person. */
  readonly grouped: boolean;
  readonly summary: ThreadSummary | undefined;
  readonly inThread: boolean;
};

export const Message = memo(function Message({ message, grouped, summary, inThread }: Props) {
  const { users } = useDirectory();
  const values = useValues({});
  const { channel, ts, ephemeral_to } = message;
  const author = users.find((user) => user.id === message.user) ?? unknownUser(message.user);
  const ephemeral = ephemeral_to !== undefined;
  const surface = { target: { channel, message_ts: ts }, errors: {}, ...values };
  return (
    <article
      className={`message${grouped ? ' message-grouped' : ''}${ephemeral ? ' message-ephemeral' : ''}`}
      data-testid={ephemeral ? 'ephemeral' : 'message'}
      data-ts={ts}
      data-channel={channel}
    >
      {ephemeral ? <EphemeralNote ts={ts} /> : null}
      <div className="message-gutter">
        {grouped ? <Time ts={ts} /> : <Avatar user={author} size="large" />}
      </div>
      <div className="message-main">
        {grouped ? null : (
          <div className="message-head">
            <span className="author">{author.real_name}</span>
            {author.is_bot ? <span className="app-badge">App</span> : null}
            <Time ts={ts} />
            {message.from_command === undefined ? null : (
              <span className="from-command">{message.from_command}</span>
            )}
          </div>
        )}
        <SurfaceContext value={surface}>
          <MessageBody message={message} />
        </SurfaceContext>
        {inThread || summary === undefined ? null : (
          <ThreadLink channel={channel} ts={ts} summary={summary} />
        )}
      </div>
      {ephemeral ? null : <MessageTools channel={channel} ts={ts} threadable={!inThread} />}
    </article>
  );
});

function MessageBody({ message }: { message: StandinMessage }) {
  const { text, blocks, attachments, edited } = message;
  const hasBlocks = blocks !== undefined && blocks.length > 0;
  return (
    <div className="message-body" data-testid="message-body">
      {hasBlocks ? <BlockList blocks={blocks} /> : text === '' ? null : <Mrkdwn text={text} />}
      {inSequence(attachments ?? [], (attachment) => (
        <AttachmentView attachment={attachment} />
      ))}
      {edited === undefined ? null : (
        <span className="edited" title={exactTimeOf(millisecondsOf(edited.ts))} data-testid="edited">
          (edited)
        </span>
      )}
    </div>
  );
}

function Time({ ts }: { ts: string }) {
  const milliseconds = millisecondsOf(ts);
  return (
    <time className="time" dateTime={new Date(milliseconds).toISOString()} title={exactTimeOf(milliseconds)}>
      {timeOf(milliseconds)}
    </time>
  );
}

function EphemeralNote({ ts }: { ts: string }) {
  const dispatch = useDispatch();
  return (
    <div className="ephemeral-note">
      <Icon name="eye" />
      Only visible to you ·
      <button
        type="button"
        className="link-button"
        data-testid="dismiss"
        onClick={() => dispatch({ type: 'dismiss', ts })}
      >
        Dismiss
      </button>
    </div>
  );
}

function unknownUser(id: string): StandinUser {
  return { id, name: id, real_name: id, is_bot: false };
}
