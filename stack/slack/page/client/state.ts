import type { StandinState } from '../../standin-types.ts';
import { shareItems, shareMembers } from './share.ts';

export type Place = { readonly kind: 'channel'; readonly id: string } | { readonly kind: 'home' };

/** How the last use of an element ended; none while it went well. */
export type DeliveryNote = 'pending' | 'operation_timeout' | 'dispatch_failed' | 'unknown_element';

/** Everything the page shows: what the stand-in holds, and what only this browser knows. */
export type PageState = {
  readonly standin: StandinState | null;
  readonly connection: 'connecting' | 'live' | 'lost';
  /** Who the person at the browser is. */
  readonly actingAs: string | null;
  readonly place: Place | null;
  readonly thread: { readonly channel: string; readonly ts: string } | null;
  /** Newest ts that was looked at, per channel. */
  readonly readUpTo: Readonly<Record<string, string>>;
  /** Ephemeral messages that were dismissed; Slack forgets them too, on the client. */
  readonly dismissed: ReadonlySet<string>;
  readonly deliveries: Readonly<Record<string, DeliveryNote>>;
  readonly drawerOpen: boolean;
  readonly sidebarOpen: boolean;
};

export type PageAction =
  | { type: 'received'; standin: StandinState }
  | { type: 'connection'; connection: PageState['connection'] }
  | { type: 'act-as'; user: string }
  | { type: 'go'; place: Place }
  | { type: 'open-thread'; channel: string; ts: string }
  | { type: 'close-thread' }
  | { type: 'dismiss'; ts: string }
  | { type: 'delivery'; key: string; note: DeliveryNote | null }
  | { type: 'drawer'; open: boolean }
  | { type: 'sidebar'; open: boolean };

export function initialState(actingAs: string | null, place: Place | null): PageState {
  return {
    standin: null,
    connection: 'connecting',
    actingAs,
    place,
    thread: null,
    readUpTo: {},
    dismissed: new Set(),
    deliveries: {},
    drawerOpen: false,
    sidebarOpen: false,
  };
}

export function reduce(state: PageState, action: PageAction): PageState {
  switch (action.type) {
    case 'received':
      return receive(state, action.standin);
    case 'connection':
      return { ...state, connection: action.connection };
    case 'act-as':
      return { ...state, actingAs: action.user, deliveries: {} };
    case 'go':
      return readCurrent({ ...state, place: action.place, thread: null, sidebarOpen: false });
    case 'open-thread':
      return { ...state, thread: { channel: action.channel, ts: action.ts } };
    case 'close-thread':
      return { ...state, thread: null };
    case 'dismiss':
      return { ...state, dismissed: new Set([...state.dismissed, action.ts]) };
    case 'delivery':
      return { ...state, deliveries: withDelivery(state.deliveries, action.key, action.note) };
    case 'drawer':
      return { ...state, drawerOpen: action.open, sidebarOpen: false };
    case 'sidebar':
      return { ...state, sidebarOpen: action.open };
  }
}

function receive(state: PageState, received: StandinState): PageState {
  const standin = sharedWith(state.standin, received);
  const known = (id: string | null) => standin.users.some((user) => user.id === id && !user.is_bot);
  const actingAs = known(state.actingAs)
    ? state.actingAs
    : (standin.users.find((user) => !user.is_bot)?.id ?? null);
  const next = {
    ...state,
    standin,
    actingAs,
    connection: 'live' as const,
    place: placeIn(state.place, standin),
    thread: threadIn(state.thread, standin),
    // Who opens the page has nothing unread yet; what comes from now on is new.
    readUpTo: state.standin === null ? newestOf(standin) : state.readUpTo,
  };
  return readCurrent(next);
}

function sharedWith(previous: StandinState | null, received: StandinState): StandinState {
  if (previous === null) return received;
  const messages = shareItems(previous.messages, received.messages, ({ channel, ts }) => `${channel} ${ts}`);
  return shareMembers(previous, { ...received, messages: messages as StandinState['messages'] });
}

function placeIn(place: Place | null, standin: StandinState): Place | null {
  if (place?.kind === 'home') return place;
  if (place !== null && standin.channels.some((channel) => channel.id === place.id)) return place;
  const first = standin.channels[0];
  return first === undefined ? null : { kind: 'channel', id: first.id };
}

/** A thread ends with its last message: deleting the first one leaves the replies, as in Slack. */
function threadIn(thread: PageState['thread'], standin: StandinState): PageState['thread'] {
  if (thread === null) return null;
  const alive = standin.messages.some(
    ({ channel, ts, thread_ts }) =>
      channel === thread.channel && (ts === thread.ts || thread_ts === thread.ts),
  );
  return alive ? thread : null;
}

function newestOf(standin: StandinState): Record<string, string> {
  const newest: Record<string, string> = {};
  for (const { channel, ts } of standin.messages) newest[channel] = ts;
  return newest;
}

function readCurrent(state: PageState): PageState {
  if (state.standin === null || state.place?.kind !== 'channel') return state;
  const { id } = state.place;
  const newest = state.standin.messages.findLast(({ channel }) => channel === id)?.ts;
  if (newest === undefined || state.readUpTo[id] === newest) return state;
  return { ...state, readUpTo: { ...state.readUpTo, [id]: newest } };
}

function withDelivery(
  deliveries: PageState['deliveries'],
  key: string,
  note: DeliveryNote | null,
): PageState['deliveries'] {
  const { [key]: _, ...others } = deliveries;
  return note === null ? others : { ...others, [key]: note };
}
