import { ApiError } from '../api-error.ts';
import { composeMessage } from '../compose-message.ts';
import { isObject } from '../json.ts';
import { checkMessage } from '../limits/message.ts';
import { slackMessage } from '../slack-message.ts';
import type { StandinMessage } from '../standin-types.ts';
import type { Arguments } from './arguments.ts';
import { contentOf, linksNames } from './content.ts';
import { channelOf, messageOf } from './lookups.ts';
import type { ApiMethod } from './method.ts';

/** https://docs.slack.dev/reference/methods/chat.update. An archived channel is called is_inactive here. */
export const update: ApiMethod = (call) => {
  const { standin, args, writes } = call;
  const channel = channelOf(call);
  const before = messageOf(call, channel, args.requiredText('ts'));
  if (before.user !== standin.directory.app.bot_user_id) throw new ApiError('cant_update_message');
  if (channel.is_archived) throw new ApiError('is_inactive');
  const content = { ...contentOf(args), metadata: updatedMetadata(args, before) };
  checkMessage(content);
  const after: StandinMessage = {
    ...composeMessage({
      channel: channel.id,
      ts: before.ts,
      user: before.user,
      text: content.text,
      // What a call leaves out stays; an empty list removes it.
      blocks: content.blocks ?? before.blocks,
      attachments: content.attachments ?? before.attachments,
      metadata: content.metadata,
      threadTs: before.thread_ts,
      replyBroadcast: before.reply_broadcast === true || args.flag('reply_broadcast'),
      fromCommand: before.from_command,
      linkNames: linksNames(args),
    }),
    edited: { ts: standin.messages.timestamps.next() },
  };
  writes.putMessage(after);
  return {
    channel: channel.id,
    ts: after.ts,
    text: after.text,
    message: slackMessage(standin, after, { metadata: true }),
  };
};

/** https://docs.slack.dev/reference/methods/chat.delete */
export const remove: ApiMethod = (call) => {
  const { standin, args, writes } = call;
  const channel = channelOf(call);
  const message = messageOf(call, channel, args.requiredText('ts'));
  if (message.user !== standin.directory.app.bot_user_id) throw new ApiError('cant_delete_message');
  writes.removeMessage(message.ts);
  return { channel: channel.id, ts: message.ts };
};

/** https://docs.slack.dev/reference/methods/chat.getPermalink. The link leads to the stand-in's page. */
export const getPermalink: ApiMethod = (call) => {
  const channel = channelOf(call);
  const message = messageOf(call, channel, call.args.requiredText('message_ts'));
  const path = `${channel.id}/p${message.ts.replace('.', '')}`;
  return { channel: channel.id, permalink: `${call.standin.address.url}/#/archives/${path}` };
};

/** "To remove previous metadata, include an empty object for this field." */
function updatedMetadata(args: Arguments, before: StandinMessage): unknown {
  const sent = args.structured('metadata', 'invalid_metadata_format');
  if (sent === undefined) return before.metadata;
  return isObject(sent) && Object.keys(sent).length === 0 ? undefined : sent;
}
