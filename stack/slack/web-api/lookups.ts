import { ApiError } from '../api-error.ts';
import { findChannel, findUser } from '../directory.ts';
import type { StandinChannel, StandinMessage, StandinUser } from '../standin-types.ts';
import type { ApiCall } from './method.ts';

/** @throws {ApiError} channel_not_found */
export function channelOf({ standin, args }: ApiCall): StandinChannel {
  const channel = findChannel(standin.directory, args.text('channel'));
  if (channel === undefined) throw new ApiError('channel_not_found');
  return channel;
}

/** @throws {ApiError} channel_not_found, is_archived */
export function writableChannelOf(call: ApiCall): StandinChannel {
  const channel = channelOf(call);
  if (channel.is_archived) throw new ApiError('is_archived');
  return channel;
}

/** @throws {ApiError} `error`, by default user_not_found */
export function userOf({ standin, args }: ApiCall, error = 'user_not_found'): StandinUser {
  const user = findUser(standin.directory, args.text('user'));
  if (user === undefined) throw new ApiError(error);
  return user;
}

/**
 * A message everybody sees: the ephemeral ones cannot be reached through the Web API.
 *
 * @throws {ApiError} message_not_found
 */
export function messageOf({ standin }: ApiCall, channel: StandinChannel, ts: string): StandinMessage {
  const message = standin.messages.get(channel.id, ts);
  if (message === undefined || message.ephemeral_to !== undefined) throw new ApiError('message_not_found');
  return message;
}
