import { useEffect } from 'react';
import type { StandinState, StandinView } from '../../standin-types.ts';
import { api } from './api.ts';
import { Avatar } from './avatar.tsx';
import { BlockList } from './blocks/block-list.tsx';
import { MenuButton } from './channel.tsx';
import { userOf } from './selectors.ts';
import { SurfaceContext, useValues } from './surface.ts';
import { useAttempt } from './use-attempt.ts';

/** The App Home of the person at the browser; to look at it tells the app, which then fills it. */
export function HomeView({ standin, actingAs }: { standin: StandinState; actingAs: string | null }) {
  const { attempt, problem } = useAttempt();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the app is told once for each person who looks.
  useEffect(() => {
    if (actingAs !== null) void attempt(() => api.openHome(actingAs));
  }, [actingAs]);
  const bot = userOf(standin, standin.app.bot_user_id);
  const view = actingAs === null ? undefined : standin.homes[actingAs];
  return (
    <main className="main" data-testid="home">
      <header className="main-head">
        <MenuButton />
        <h1 className="main-title">
          <Avatar user={bot} size="small" />
          {bot.real_name}
          <span className="home-tab">Home</span>
        </h1>
      </header>
      <div className="messages">
        {problem === null ? null : <p className="problem">{problem}</p>}
        {view === undefined ? (
          <p className="empty">{`${bot.real_name} has put nothing here yet.`}</p>
        ) : (
          <HomeBlocks key={view.id} view={view} />
        )}
      </div>
    </main>
  );
}

function HomeBlocks({ view }: { view: StandinView }) {
  const values = useValues(view.state.values);
  return (
    <SurfaceContext value={{ target: { view_id: view.id }, errors: {}, ...values }}>
      <div className="home-blocks">
        <BlockList blocks={view.blocks} />
      </div>
    </SurfaceContext>
  );
}
