import type { StandinChannel, StandinUser, StandinUserGroup } from './standin-types.ts';

/** Who and what there is besides messages. Only a channel's `is_archived` ever changes. */
export interface Directory {
  team: { id: string; name: string; domain: string };
  app: { bot_user_id: string; bot_id: string; app_id: string; name: string };
  users: StandinUser[];
  userGroups: StandinUserGroup[];
  channels: StandinChannel[];
}

export interface DirectorySeed {
  /** Names of channels, with or without #. */
  channels?: readonly string[] | undefined;
  users?: readonly StandinUser[] | undefined;
  userGroups?: readonly StandinUserGroup[] | undefined;
}

export const BOT_USER_ID = 'U0HOLDFAST';

const KNOWN_CHANNEL_IDS: Readonly<Record<string, string>> = {
  holdfast: 'C0HOLDFAST',
  'holdfast-fallback': 'C0FALLBACK',
  sre: 'C0SRE',
};

const PEOPLE: readonly StandinUser[] = [
  { id: 'U0KIM', name: 'kim', real_name: '김민지', is_bot: false },
  { id: 'U0LEE', name: 'lee', real_name: '이준호', is_bot: false },
  { id: 'U0PARK', name: 'park', real_name: '박서연', is_bot: false },
];

const GROUPS: readonly StandinUserGroup[] = [
  { id: 'S0OPS', handle: 'ops', name: 'Operators', users: ['U0KIM', 'U0LEE'] },
  { id: 'S0ONCALL', handle: 'oncall', name: 'On call', users: ['U0LEE'] },
];

/** The workspace of the demo, or the same with other channels and people. The bot is always one of the users. */
export function createDirectory(seed: DirectorySeed): Directory {
  const people = [...(seed.users ?? PEOPLE)].filter(({ id }) => id !== BOT_USER_ID);
  const names = seed.channels ?? Object.keys(KNOWN_CHANNEL_IDS);
  return {
    team: { id: 'T0HOLDFAST', name: 'Holdfast demo', domain: 'holdfast-demo' },
    app: { bot_user_id: BOT_USER_ID, bot_id: 'B0HOLDFAST', app_id: 'A0HOLDFAST', name: 'holdfast' },
    users: [...people, { id: BOT_USER_ID, name: 'holdfast', real_name: 'Holdfast', is_bot: true }],
    userGroups: structuredClone([...(seed.userGroups ?? GROUPS)]),
    channels: [...new Set(names.map(bareName))].map((name) => ({
      id: channelId(name),
      name,
      is_archived: false,
    })),
  };
}

/** By id, `#name` or `name`. */
export function findChannel(directory: Directory, wanted: string): StandinChannel | undefined {
  const name = bareName(wanted);
  return directory.channels.find((channel) => channel.id === wanted || channel.name === name);
}

export function findUser(directory: Directory, id: string): StandinUser | undefined {
  return directory.users.find((user) => user.id === id);
}

function bareName(name: string): string {
  return name.replace(/^#/, '');
}

function channelId(name: string): string {
  return KNOWN_CHANNEL_IDS[name] ?? `C0${name.toUpperCase().replace(/[^A-Z0-9]/g, '')}`;
}
