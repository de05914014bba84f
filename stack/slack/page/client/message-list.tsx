import { Fragment, useState } from 'react';
import type { StandinMessage } from '../../standin-types.ts';
import { dayKey, dayOf, millisecondsOf } from './dates.ts';
import { Icon } from './icons.tsx';
import { Message } from './message.tsx';
import type { ThreadSummary } from './selectors.ts';
import { useStickToBottom } from './stick-to-bottom.ts';

const pageSize = 200;
const groupMilliseconds = 5 * 60_000;

type Props = {
  readonly messages: readonly StandinMessage[];
  readonly summaries: ReadonlyMap<string, ThreadSummary>;
  readonly empty: string;
};

/** The newest messages of a channel; older ones on request. */
export function MessageList({ messages, summaries, empty }: Props) {
  const [limit, setLimit] = useState(pageSize);
  const shown = messages.slice(-limit);
  const hidden = messages.length - shown.length;
  const { scroller, scrolledUp, toBottom } = useStickToBottom(messages.at(-1)?.ts);
  return (
    <div className="messages-frame">
      <div className="messages" ref={scroller} data-testid="messages" role="log" aria-live="polite">
        {hidden > 0 ? (
          <button
            type="button"
            className="older"
            data-testid="show-older"
            onClick={() => setLimit(limit + pageSize)}
          >
            {`Show older messages (${hidden})`}
          </button>
        ) : null}
        {messages.length === 0 ? <p className="empty">{empty}</p> : null}
        {shown.map((message, index) => (
          <Fragment key={message.ts}>
            <DayDivider message={message} previous={shown[index - 1]} />
            <Message
              message={message}
              grouped={isGrouped(message, shown[index - 1])}
              summary={summaries.get(message.ts)}
              inThread={false}
            />
          </Fragment>
        ))}
      </div>
      {scrolledUp ? (
        <button type="button" className="to-bottom" onClick={toBottom}>
          <Icon name="down" />
          Newest messages
        </button>
      ) : null}
    </div>
  );
}

function DayDivider({
  message,
  previous,
}: {
  message: StandinMessage;
  previous: StandinMessage | undefined;
}) {
  const milliseconds = millisecondsOf(message.ts);
  if (previous !== undefined && dayKey(millisecondsOf(previous.ts)) === dayKey(milliseconds)) return null;
  return (
    <div className="day">
      <span className="day-name">{dayOf(milliseconds, Date.now())}</span>
    </div>
  );
}

/** Whether a message goes on without a name above it, because the same person has just written the one before. */
export function isGrouped(message: StandinMessage, previous: StandinMessage | undefined): boolean {
  return (
    previous !== undefined &&
    previous.user === message.user &&
    previous.ephemeral_to === message.ephemeral_to &&
    !isCard(previous) &&
    !isCard(message) &&
    dayKey(millisecondsOf(previous.ts)) === dayKey(millisecondsOf(message.ts)) &&
    millisecondsOf(message.ts) - millisecondsOf(previous.ts) < groupMilliseconds
  );
}

/** Cards and answers to commands each keep their name: they are easier told apart so. */
function isCard({ attachments, blocks, from_command }: StandinMessage): boolean {
  return from_command !== undefined || (attachments?.length ?? 0) > 0 || (blocks?.length ?? 0) > 0;
}
