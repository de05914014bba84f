import { findChannel, findUser } from '../directory.ts';
import type { Standin } from '../standin.ts';
import type { OpenView, StandinChannel, StandinMessage, StandinUser } from '../standin-types.ts';
import { notFound } from './refusal.ts';

/** @throws {Refusal} */
export function theUser(standin: Standin, id: string): StandinUser {
  const user = findUser(standin.directory, id);
  if (user === undefined) throw notFound('user_not_found', `There is no user ${id}.`);
  return user;
}

/** @throws {Refusal} */
export function theChannel(standin: Standin, wanted: string): StandinChannel {
  const channel = findChannel(standin.directory, wanted);
  if (channel === undefined) throw notFound('channel_not_found', `There is no channel ${wanted}.`);
  return channel;
}

/**
 * A message this user sees.
 *
 * @throws {Refusal}
 */
export function theMessage(
  standin: Standin,
  channel: StandinChannel,
  ts: string,
  userId: string,
): StandinMessage {
  const message = standin.messages.get(channel.id, ts);
  const hidden = message?.ephemeral_to !== undefined && message.ephemeral_to !== userId;
  if (message === undefined || hidden) {
    throw notFound('message_not_found', `There is no message ${ts} in #${channel.name} for ${userId}.`);
  }
  return message;
}

/**
 * An open modal of this user.
 *
 * @throws {Refusal}
 */
export function theModal(standin: Standin, id: string, userId: string): OpenView {
  const opened = standin.views.get(id);
  if (opened === undefined || opened.user_id !== userId) {
    throw notFound('view_not_found', `${userId} has no open view ${id}.`);
  }
  return opened;
}
