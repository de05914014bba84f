import type { StandinChannel, StandinState } from '../../standin-types.ts';
import { Avatar } from './avatar.tsx';
import { useDispatch } from './context.ts';
import { Icon } from './icons.tsx';
import { unreadOf, userOf } from './selectors.ts';
import type { PageState } from './state.ts';

export function Sidebar({ state, standin }: { state: PageState; standin: StandinState }) {
  const dispatch = useDispatch();
  const bot = userOf(standin, standin.app.bot_user_id);
  const atHome = state.place?.kind === 'home';
  return (
    <nav className="sidebar" aria-label="Workspace">
      <header className="sidebar-head">
        <span className="team-name">{standin.team.name}</span>
        <span className="team-note" title="Everything here stays on this machine. Nothing goes to slack.com.">
          stand-in
        </span>
      </header>
      <div className="sidebar-scroll">
        <h2 className="sidebar-title">Channels</h2>
        {standin.channels.map((channel) => (
          <ChannelRow key={channel.id} state={state} channel={channel} />
        ))}
        <h2 className="sidebar-title">Apps</h2>
        <button
          type="button"
          className={`row${atHome ? ' row-current' : ''}`}
          aria-current={atHome ? 'page' : undefined}
          data-testid="app-home"
          onClick={() => dispatch({ type: 'go', place: { kind: 'home' } })}
        >
          <Avatar user={bot} size="small" />
          <span className="row-name">{bot.real_name}</span>
          <span className="row-note">Home</span>
        </button>
        <h2 className="sidebar-title">Act as</h2>
        <People state={state} standin={standin} />
      </div>
      <footer className="sidebar-foot">
        <Me state={state} standin={standin} />
        <FaultsButton state={state} standin={standin} />
      </footer>
    </nav>
  );
}

function ChannelRow({ state, channel }: { state: PageState; channel: StandinChannel }) {
  const dispatch = useDispatch();
  const current = state.place?.kind === 'channel' && state.place.id === channel.id;
  const { unread, mentions } = unreadOf(state, channel.id);
  return (
    <button
      type="button"
      className={`row${current ? ' row-current' : ''}${unread ? ' row-unread' : ''}${channel.is_archived ? ' row-archived' : ''}`}
      aria-current={current ? 'page' : undefined}
      data-testid="channel-row"
      data-channel={channel.id}
      data-unread={unread}
      onClick={() => dispatch({ type: 'go', place: { kind: 'channel', id: channel.id } })}
    >
      <Icon name={channel.is_archived ? 'archive' : 'hash'} />
      <span className="row-name">{channel.name}</span>
      {channel.is_archived ? <span className="row-note">archived</span> : null}
      {mentions > 0 ? <span className="badge">{mentions}</span> : null}
      {unread && mentions === 0 ? <span className="dot" role="img" aria-label="unread" /> : null}
    </button>
  );
}

function People({ state, standin }: { state: PageState; standin: StandinState }) {
  const dispatch = useDispatch();
  return standin.users
    .filter((user) => !user.is_bot)
    .map((user) => {
      const groups = standin.user_groups.filter((group) => group.users.includes(user.id));
      const own = user.id === state.actingAs;
      return (
        <button
          key={user.id}
          type="button"
          className={`row${own ? ' row-own' : ''}`}
          aria-pressed={own}
          data-testid="act-as"
          data-user={user.id}
          onClick={() => dispatch({ type: 'act-as', user: user.id })}
        >
          <Avatar user={user} size="small" />
          <span className="row-name">{user.real_name}</span>
          <span className="row-note">
            {groups.map((group) => `@${group.handle}`).join(' ') || 'in no group'}
          </span>
        </button>
      );
    });
}

function Me({ state, standin }: { state: PageState; standin: StandinState }) {
  if (state.actingAs === null) return null;
  const user = userOf(standin, state.actingAs);
  const texts = { live: 'connected', connecting: 'connecting …', lost: 'connection lost, trying again …' };
  return (
    <div className="me">
      <Avatar user={user} size="medium" />
      <div className="me-text">
        <span className="me-name" data-testid="me">
          {user.real_name}
        </span>
        <span
          className={`connection connection-${state.connection}`}
          data-testid="connection"
          data-state={state.connection}
        >
          {texts[state.connection]}
        </span>
      </div>
    </div>
  );
}

function FaultsButton({ state, standin }: { state: PageState; standin: StandinState }) {
  const dispatch = useDispatch();
  return (
    <button
      type="button"
      className="faults-button"
      aria-expanded={state.drawerOpen}
      data-testid="faults-button"
      onClick={() => dispatch({ type: 'drawer', open: !state.drawerOpen })}
    >
      <Icon name="bolt" />
      Faults
      {standin.faults.length > 0 ? <span className="badge">{standin.faults.length}</span> : null}
    </button>
  );
}
