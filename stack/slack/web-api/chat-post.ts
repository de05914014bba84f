import { ApiError } from '../api-error.ts';
import { composeMessage } from '../compose-message.ts';
import { checkBlocksTogether, checkMessage } from '../limits/message.ts';
import { repliesTo, slackMessage } from '../slack-message.ts';
import { contentOf, linksNames } from './content.ts';
import { userOf, writableChannelOf } from './lookups.ts';
import type { ApiCall, ApiMethod } from './method.ts';

/** https://docs.slack.dev/reference/methods/chat.postMessage */
export const postMessage: ApiMethod = (call) => {
  const { standin, args, writes } = call;
  const channel = writableChannelOf(call);
  const content = contentOf(args);
  checkMessage(content);
  checkBlocksTogether(content.blocks);
  const threadTs = args.optionalText('thread_ts');
  const message = composeMessage({
    ...content,
    channel: channel.id,
    ts: standin.messages.timestamps.next(),
    user: standin.directory.app.bot_user_id,
    threadTs: threadTs === undefined ? undefined : rootOfThread(call, channel.id, threadTs),
    replyBroadcast: threadTs !== undefined && args.flag('reply_broadcast'),
    linkNames: linksNames(args),
  });
  writes.putMessage(message);
  return {
    channel: channel.id,
    ts: message.ts,
    message: slackMessage(standin, message, { metadata: true }),
  };
};

/** https://docs.slack.dev/reference/methods/chat.postEphemeral */
export const postEphemeral: ApiMethod = (call) => {
  const { standin, args, writes } = call;
  const channel = writableChannelOf(call);
  const user = userOf(call, 'user_not_in_channel');
  const content = contentOf(args);
  checkMessage(content);
  const message = composeMessage({
    ...content,
    channel: channel.id,
    ts: standin.messages.timestamps.next(),
    user: standin.directory.app.bot_user_id,
    threadTs: args.optionalText('thread_ts'),
    ephemeralTo: user.id,
    linkNames: linksNames(args),
  });
  writes.putMessage(message);
  return { message_ts: message.ts };
};

/** The ts of the thread a reply belongs to. A thread outlives its first message as long as it has replies. */
function rootOfThread({ standin }: ApiCall, channel: string, ts: string): string {
  const parent = standin.messages.get(channel, ts);
  if (parent === undefined && repliesTo(standin, channel, ts).length === 0) {
    throw new ApiError('thread_not_found');
  }
  return parent?.thread_ts ?? ts;
}
