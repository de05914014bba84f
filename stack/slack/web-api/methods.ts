import { apiTest, authTest, connectionsOpen } from './app.ts';
import { getPermalink, remove, update as updateMessage } from './chat-change.ts';
import { postEphemeral, postMessage } from './chat-post.ts';
import * as conversations from './conversations.ts';
import { history, replies } from './history.ts';
import type { ApiMethod } from './method.ts';
import { userGroupsList, userGroupUsersList, usersInfo, usersList } from './people.ts';
import * as views from './views.ts';

/** The methods the stand-in knows, by Slack's names. */
export const METHODS: ReadonlyMap<string, ApiMethod> = new Map([
  ['api.test', apiTest],
  ['apps.connections.open', connectionsOpen],
  ['auth.test', authTest],
  ['chat.delete', remove],
  ['chat.getPermalink', getPermalink],
  ['chat.postEphemeral', postEphemeral],
  ['chat.postMessage', postMessage],
  ['chat.update', updateMessage],
  ['conversations.history', history],
  ['conversations.info', conversations.info],
  ['conversations.join', conversations.join],
  ['conversations.list', conversations.list],
  ['conversations.replies', replies],
  ['usergroups.list', userGroupsList],
  ['usergroups.users.list', userGroupUsersList],
  ['users.info', usersInfo],
  ['users.list', usersList],
  ['views.open', views.open],
  ['views.publish', views.publish],
  ['views.push', views.push],
  ['views.update', views.update],
]);
