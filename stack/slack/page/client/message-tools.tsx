import { api } from './api.ts';
import { useDispatch } from './context.ts';
import { Icon } from './icons.tsx';
import { useAttempt } from './use-attempt.ts';

/** What appears while the pointer is over a message, or the focus in it. */
export function MessageTools({
  channel,
  ts,
  threadable,
}: {
  channel: string;
  ts: string;
  threadable: boolean;
}) {
  const dispatch = useDispatch();
  const { attempt, problem } = useAttempt();
  return (
    <div className="message-tools">
      {problem === null ? null : <span className="problem">{problem}</span>}
      {threadable ? (
        <button
          type="button"
          className="icon-button"
          title="Reply in thread"
          aria-label="Reply in thread"
          data-testid="reply"
          onClick={() => dispatch({ type: 'open-thread', channel, ts })}
        >
          <Icon name="thread" />
        </button>
      ) : null}
      <button
        type="button"
        className="icon-button"
        title="Delete message"
        aria-label="Delete message"
        data-testid="delete"
        onClick={() => attempt(() => api.remove(channel, ts))}
      >
        <Icon name="trash" />
      </button>
    </div>
  );
}
