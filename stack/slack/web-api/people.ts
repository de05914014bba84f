import { ApiError } from '../api-error.ts';
import type { JsonObject } from '../json.ts';
import type { Standin } from '../standin.ts';
import type { StandinUser, StandinUserGroup } from '../standin-types.ts';
import { userOf } from './lookups.ts';
import type { ApiMethod } from './method.ts';
import { pageOf } from './pages.ts';

export const usersInfo: ApiMethod = (call) => ({ user: slackUser(call.standin, userOf(call)) });

export const usersList: ApiMethod = ({ standin, args }) => {
  const page = pageOf(standin.directory.users, ({ id }) => id, args.text('cursor'), args.limit(200, 1000));
  return {
    members: page.items.map((user) => slackUser(standin, user)),
    cache_ts: Math.floor(standin.now() / 1000),
    response_metadata: page.metadata,
  };
};

export const userGroupsList: ApiMethod = ({ standin, args }) => ({
  usergroups: standin.directory.userGroups.map((group) => ({
    ...slackUserGroup(standin, group),
    ...(args.flag('include_users') ? { users: group.users } : {}),
    ...(args.flag('include_count') ? { user_count: group.users.length } : {}),
  })),
});

export const userGroupUsersList: ApiMethod = ({ standin, args }) => {
  const id = args.requiredText('usergroup');
  const group = standin.directory.userGroups.find((candidate) => candidate.id === id);
  if (group === undefined) throw new ApiError('no_such_subteam');
  return { users: group.users };
};

function slackUser(standin: Standin, user: StandinUser): JsonObject {
  return {
    id: user.id,
    team_id: standin.directory.team.id,
    name: user.name,
    real_name: user.real_name,
    deleted: false,
    is_bot: user.is_bot,
    is_app_user: false,
    tz: 'Asia/Seoul',
    tz_offset: 32_400,
    profile: { real_name: user.real_name, display_name: user.name, team: standin.directory.team.id },
  };
}

function slackUserGroup(standin: Standin, group: StandinUserGroup): JsonObject {
  return {
    id: group.id,
    team_id: standin.directory.team.id,
    is_usergroup: true,
    is_subteam: true,
    handle: group.handle,
    name: group.name,
    description: '',
    date_delete: 0,
  };
}
