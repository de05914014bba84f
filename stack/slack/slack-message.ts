import { findUser } from './directory.ts';
import type { JsonObject } from './json.ts';
import type { Standin } from './standin.ts';
import type { StandinMessage } from './standin-types.ts';

/**
 * A message as the Web API and interaction payloads show it.
 *
 * @param metadata Slack shows it where the call asks for it
 */
export function slackMessage(
  standin: Standin,
  message: StandinMessage,
  { metadata }: { metadata: boolean },
): JsonObject {
  const { app, team } = standin.directory;
  const byBot = findUser(standin.directory, message.user)?.is_bot === true;
  const { blocks, attachments, edited, thread_ts } = message;
  return {
    type: 'message',
    ...(message.reply_broadcast === true ? { subtype: 'thread_broadcast' } : {}),
    user: message.user,
    ...(byBot ? { bot_id: app.bot_id, app_id: app.app_id } : {}),
    team: team.id,
    ts: message.ts,
    text: message.text,
    ...(blocks === undefined ? {} : { blocks }),
    ...(attachments === undefined
      ? {}
      : { attachments: attachments.map((attachment, index) => ({ id: index + 1, ...attachment })) }),
    ...(thread_ts === undefined ? {} : { thread_ts }),
    ...threadOf(standin, message),
    ...(edited === undefined ? {} : { edited: { user: message.user, ts: edited.ts } }),
    ...(metadata && message.metadata !== undefined ? { metadata: message.metadata } : {}),
  };
}

/** The replies of a thread, oldest first. */
export function repliesTo(standin: Standin, channel: string, ts: string): StandinMessage[] {
  return standin.messages
    .ofChannel(channel)
    .filter((message) => message.thread_ts === ts && message.ephemeral_to === undefined);
}

function threadOf(standin: Standin, message: StandinMessage): JsonObject {
  if (message.thread_ts !== undefined) return {};
  const replies = repliesTo(standin, message.channel, message.ts);
  const latest = replies.at(-1);
  if (latest === undefined) return {};
  const users = [...new Set(replies.map((reply) => reply.user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: users,
    reply_users_count: users.length,
    latest_reply: latest.ts,
  };
}
