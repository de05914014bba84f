import type { Standin } from './standin.ts';
import type { StandinState } from './standin-types.ts';

/** A copy of all there is. `lastMessages`: only so many, the newest. */
export function stateOf(standin: Standin, lastMessages?: number): StandinState {
  const { directory, messages, views, faults, calls } = standin;
  const all = messages.all();
  return structuredClone({
    team: { id: directory.team.id, name: directory.team.name },
    app: { bot_user_id: directory.app.bot_user_id, name: directory.app.name },
    users: directory.users,
    user_groups: directory.userGroups,
    channels: directory.channels,
    messages: lastMessages === undefined ? all : all.slice(-lastMessages),
    views: views.all(),
    homes: Object.fromEntries(messages.homes),
    faults: faults.list(),
    calls: calls.recent(),
  });
}
