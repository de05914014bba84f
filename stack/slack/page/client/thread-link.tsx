import { Avatar } from './avatar.tsx';
import { useDirectory, useDispatch } from './context.ts';
import { dayOf, millisecondsOf, timeOf } from './dates.ts';
import type { ThreadSummary } from './selectors.ts';

const shownAvatars = 3;

/** `3 replies` below a message, which opens its thread. */
export function ThreadLink({
  channel,
  ts,
  summary,
}: {
  channel: string;
  ts: string;
  summary: ThreadSummary;
}) {
  const dispatch = useDispatch();
  const { users } = useDirectory();
  const last = millisecondsOf(summary.last);
  return (
    <button
      type="button"
      className="thread-link"
      data-testid="replies"
      onClick={() => dispatch({ type: 'open-thread', channel, ts })}
    >
      {summary.users.slice(0, shownAvatars).map((id) => {
        const user = users.find((candidate) => candidate.id === id);
        return user === undefined ? null : <Avatar key={id} user={user} size="small" />;
      })}
      <span className="thread-count">{summary.count === 1 ? '1 reply' : `${summary.count} replies`}</span>
      <span className="thread-last">{`Last reply ${dayOf(last, Date.now()).toLowerCase()} at ${timeOf(last)}`}</span>
    </button>
  );
}
