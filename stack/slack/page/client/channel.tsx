import { useMemo } from 'react';
import type { StandinState } from '../../standin-types.ts';
import { api } from './api.ts';
import { Composer } from './composer/composer.tsx';
import { useDispatch } from './context.ts';
import { Icon } from './icons.tsx';
import { MessageList } from './message-list.tsx';
import { channelMessages, threadSummaries } from './selectors.ts';
import type { PageState } from './state.ts';
import { useAttempt } from './use-attempt.ts';

export function ChannelView({ state, standin, id }: { state: PageState; standin: StandinState; id: string }) {
  const channel = standin.channels.find((candidate) => candidate.id === id);
  const summaries = useMemo(() => threadSummaries(standin.messages, id), [standin.messages, id]);
  if (channel === undefined) return null;
  return (
    <main className="main" data-testid="channel" data-channel={id}>
      <header className="main-head">
        <MenuButton />
        <h1 className="main-title">
          <Icon name={channel.is_archived ? 'archive' : 'hash'} />
          {channel.name}
        </h1>
        <ArchiveSwitch id={id} archived={channel.is_archived} />
      </header>
      <MessageList
        messages={channelMessages(state, id)}
        summaries={summaries}
        empty={`This is the very beginning of #${channel.name}.`}
      />
      {channel.is_archived ? (
        <p className="archived-note">This channel is archived: nobody can post here.</p>
      ) : (
        <Composer channel={id} placeholder={`Message #${channel.name}`} threadTs={undefined} />
      )}
    </main>
  );
}

function ArchiveSwitch({ id, archived }: { id: string; archived: boolean }) {
  const { attempt, problem } = useAttempt();
  return (
    <>
      {problem === null ? null : <span className="problem">{problem}</span>}
      <button
        type="button"
        className="head-button"
        data-testid="archive"
        onClick={() => attempt(() => api.archive(id, !archived))}
      >
        <Icon name="archive" />
        {archived ? 'Unarchive' : 'Archive'}
      </button>
    </>
  );
}

/** Opens the sidebar, which narrow screens have no room for. */
export function MenuButton() {
  const dispatch = useDispatch();
  return (
    <button
      type="button"
      className="icon-button menu-button"
      aria-label="Channels and people"
      onClick={() => dispatch({ type: 'sidebar', open: true })}
    >
      <Icon name="menu" />
    </button>
  );
}
