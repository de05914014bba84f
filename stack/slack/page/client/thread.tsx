import type { StandinState } from '../../standin-types.ts';
import { Composer } from './composer/composer.tsx';
import { useDispatch } from './context.ts';
import { Icon } from './icons.tsx';
import { Message } from './message.tsx';
import { isGrouped } from './message-list.tsx';
import { threadMessages } from './selectors.ts';
import type { PageState } from './state.ts';
import { useStickToBottom } from './stick-to-bottom.ts';

type Props = {
  readonly state: PageState;
  readonly standin: StandinState;
  readonly thread: NonNullable<PageState['thread']>;
};

export function ThreadPane({ state, standin, thread }: Props) {
  const dispatch = useDispatch();
  const { root, replies } = threadMessages(state, thread.channel, thread.ts);
  const { scroller } = useStickToBottom(replies.at(-1)?.ts);
  const channel = standin.channels.find(({ id }) => id === thread.channel);
  const count = replies.length;
  return (
    <aside className="thread" aria-label="Thread" data-testid="thread" data-ts={thread.ts}>
      <header className="main-head">
        <h2 className="main-title">
          Thread<span className="thread-channel">{`#${channel?.name ?? thread.channel}`}</span>
        </h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close thread"
          data-testid="close-thread"
          onClick={() => dispatch({ type: 'close-thread' })}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="messages messages-thread" ref={scroller}>
        {root === null ? (
          <p className="message-gone">This message was deleted.</p>
        ) : (
          <Message message={root} grouped={false} summary={undefined} inThread />
        )}
        <div className="thread-divider">
          {count === 0 ? 'No replies yet' : count === 1 ? '1 reply' : `${count} replies`}
        </div>
        {replies.map((reply, index) => (
          <Message
            key={reply.ts}
            message={reply}
            grouped={isGrouped(reply, replies[index - 1])}
            summary={undefined}
            inThread
          />
        ))}
      </div>
      {channel?.is_archived === true ? null : (
        <Composer channel={thread.channel} placeholder="Reply …" threadTs={thread.ts} />
      )}
    </aside>
  );
}
