import { useEffect, useMemo, useReducer } from 'react';
import { ChannelView } from './channel.tsx';
import { DeliveriesContext, type Directory, DirectoryContext, DispatchContext } from './context.ts';
import { Drawer } from './drawer/drawer.tsx';
import { HomeView } from './home.tsx';
import { followState } from './live-state.ts';
import { ModalStack } from './modal.tsx';
import { placeOfHash, remember } from './remembered.ts';
import { openViews } from './selectors.ts';
import { Sidebar } from './sidebar.tsx';
import { type PageState, reduce } from './state.ts';
import { ThreadPane } from './thread.tsx';

export function App({ initial }: { initial: PageState }) {
  const [state, dispatch] = useReducer(reduce, initial);

  useEffect(
    () =>
      followState({
        state: (standin) => dispatch({ type: 'received', standin }),
        connection: (connection) => dispatch({ type: 'connection', connection }),
      }),
    [],
  );
  useEffect(() => {
    const follow = () => {
      const place = placeOfHash(location.hash);
      if (place !== null) dispatch({ type: 'go', place });
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  const { standin, actingAs, place } = state;
  useEffect(() => remember({ actingAs, place }), [actingAs, place]);

  const [users, userGroups, channels, app] = [
    standin?.users,
    standin?.user_groups,
    standin?.channels,
    standin?.app,
  ];
  const directory = useMemo<Directory | null>(
    () =>
      users === undefined || userGroups === undefined || channels === undefined || app === undefined
        ? null
        : { users, user_groups: userGroups, channels, app, actingAs },
    [users, userGroups, channels, app, actingAs],
  );

  if (standin === null || directory === null) {
    return (
      <div className="loading">
        {state.connection === 'lost' ? 'Nobody answers; trying again …' : 'Loading …'}
      </div>
    );
  }
  return (
    <DispatchContext value={dispatch}>
      <DirectoryContext value={directory}>
        <DeliveriesContext value={state.deliveries}>
          <div
            className={`page${state.thread === null ? '' : ' page-thread'}${state.sidebarOpen ? ' page-sidebar' : ''}`}
          >
            <Sidebar state={state} standin={standin} />
            {place?.kind === 'channel' ? (
              <ChannelView key={place.id} state={state} standin={standin} id={place.id} />
            ) : null}
            {place?.kind === 'home' ? <HomeView standin={standin} actingAs={actingAs} /> : null}
            {state.thread === null || place?.kind !== 'channel' ? null : (
              <ThreadPane
                key={`${state.thread.channel} ${state.thread.ts}`}
                state={state}
                standin={standin}
                thread={state.thread}
              />
            )}
            {state.drawerOpen ? <Drawer standin={standin} /> : null}
          </div>
          <ModalStack views={openViews(state)} />
        </DeliveriesContext>
      </DirectoryContext>
    </DispatchContext>
  );
}
