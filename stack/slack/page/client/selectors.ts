import type { StandinMessage, StandinState, StandinUser } from '../../standin-types.ts';
import type { PageState } from './state.ts';

export type ThreadSummary = {
  readonly count: number;
  /** ts of the newest reply. */
  readonly last: string;
  /** Who replied, each once, in the order of their first replies. */
  readonly users: readonly string[];
};

/** What the acting user sees in a channel: no thread replies unless they were broadcast, no one else's ephemerals. */
export function channelMessages(state: PageState, channel: string): StandinMessage[] {
  return visible(state).filter(
    (message) => message.channel === channel && (!isReply(message) || message.reply_broadcast === true),
  );
}

/** The first message of a thread, if it is still there, and its replies. */
export function threadMessages(
  state: PageState,
  channel: string,
  ts: string,
): { root: StandinMessage | null; replies: StandinMessage[] } {
  const all = visible(state).filter((message) => message.channel === channel);
  return {
    root: all.find((message) => message.ts === ts) ?? null,
    replies: all.filter((message) => message.thread_ts === ts && message.ts !== ts),
  };
}

/** Replies by ts of the first message, for all threads of a channel at once. */
export function threadSummaries(
  messages: readonly StandinMessage[],
  channel: string,
): Map<string, ThreadSummary> {
  const summaries = new Map<string, ThreadSummary>();
  for (const message of messages) {
    if (message.channel !== channel || !isReply(message) || message.ephemeral_to !== undefined) continue;
    const root = message.thread_ts as string;
    const known = summaries.get(root);
    const users = known?.users ?? [];
    const seen = users.includes(message.user) ? users : [...users, message.user];
    summaries.set(root, { count: (known?.count ?? 0) + 1, last: message.ts, users: seen });
  }
  return summaries;
}

/** New messages of a channel, and how many of them address the acting user. */
export function unreadOf(state: PageState, channel: string): { unread: boolean; mentions: number } {
  const readUpTo = state.readUpTo[channel] ?? '';
  const fresh = visible(state).filter(
    (message) =>
      message.channel === channel &&
      message.ts > readUpTo &&
      message.user !== state.actingAs &&
      (!isReply(message) || message.reply_broadcast === true),
  );
  return { unread: fresh.length > 0, mentions: fresh.filter((message) => addresses(state, message)).length };
}

/** Whether a message mentions the acting user: by name, by group, or all. */
export function addresses(state: PageState, message: StandinMessage): boolean {
  return (message.mentions ?? []).some((mention) => mentionReaches(state, mention));
}

function mentionReaches({ standin, actingAs }: PageState, mention: string): boolean {
  const group = /^<!subteam\^(\w+)>$/.exec(mention)?.[1];
  if (group === undefined)
    return mention === `<@${actingAs}>` || /^<!(here|channel|everyone)>$/.test(mention);
  const members = standin?.user_groups.find(({ id }) => id === group)?.users ?? [];
  return actingAs !== null && members.includes(actingAs);
}

export function isReply({ ts, thread_ts }: StandinMessage): boolean {
  return thread_ts !== undefined && thread_ts !== ts;
}

export function userOf(standin: StandinState, id: string): StandinUser {
  return (
    standin.users.find((user) => user.id === id) ?? {
      id,
      name: id,
      real_name: id,
      is_bot: id.startsWith('B'),
    }
  );
}

/** The open modals of the acting user, the one on top last. */
export function openViews({ standin, actingAs }: PageState): StandinState['views'] {
  return standin?.views.filter((view) => view.user_id === actingAs) ?? [];
}

function visible({ standin, actingAs, dismissed }: PageState): StandinMessage[] {
  return (standin?.messages ?? []).filter(
    ({ ephemeral_to, ts }) => ephemeral_to === undefined || (ephemeral_to === actingAs && !dismissed.has(ts)),
  );
}
