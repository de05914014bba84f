import { ApiError } from '../api-error.ts';
import { repliesTo, slackMessage } from '../slack-message.ts';
import type { StandinMessage } from '../standin-types.ts';
import type { Arguments } from './arguments.ts';
import { channelOf } from './lookups.ts';
import type { ApiMethod } from './method.ts';
import { pageOf } from './pages.ts';

const LIMIT_MAX = 999;

/** https://docs.slack.dev/reference/methods/conversations.history: newest first, without replies. */
export const history: ApiMethod = (call) => {
  const { standin, args } = call;
  const channel = channelOf(call);
  const inRange = rangeOf(args);
  const shown = standin.messages
    .ofChannel(channel.id)
    .filter(({ ephemeral_to }) => ephemeral_to === undefined)
    .filter(({ thread_ts, reply_broadcast }) => thread_ts === undefined || reply_broadcast === true)
    .filter(({ ts }) => inRange(ts))
    .reverse();
  const page = pageOf(shown, ({ ts }) => ts, args.text('cursor'), args.limit(100, LIMIT_MAX));
  const metadata = args.flag('include_all_metadata');
  return {
    messages: page.items.map((message) => slackMessage(standin, message, { metadata })),
    has_more: page.hasMore,
    pin_count: 0,
    response_metadata: page.metadata,
  };
};

/** https://docs.slack.dev/reference/methods/conversations.replies: the first message and its replies, oldest first. */
export const replies: ApiMethod = (call) => {
  const { standin, args } = call;
  const channel = channelOf(call);
  const ts = args.requiredText('ts');
  const wanted = standin.messages.get(channel.id, ts);
  const rootTs = wanted?.thread_ts ?? ts;
  const root = standin.messages.get(channel.id, rootTs);
  const answers = repliesTo(standin, channel.id, rootTs);
  if (root === undefined && answers.length === 0) throw new ApiError('thread_not_found');
  const inRange = rangeOf(args);
  const thread = [...(root === undefined ? [] : [root]), ...answers];
  const shown = thread.filter((message: StandinMessage) => message === root || inRange(message.ts));
  const page = pageOf(shown, (message) => message.ts, args.text('cursor'), args.limit(1000, 1000));
  const metadata = args.flag('include_all_metadata');
  return {
    messages: page.items.map((message) => slackMessage(standin, message, { metadata })),
    has_more: page.hasMore,
    response_metadata: page.metadata,
  };
};

/** oldest and latest are left out themselves unless the call is `inclusive`. */
function rangeOf(args: Arguments): (ts: string) => boolean {
  const oldest = bound(args, 'oldest') ?? Number.NEGATIVE_INFINITY;
  const latest = bound(args, 'latest') ?? Number.POSITIVE_INFINITY;
  const inclusive = args.flag('inclusive');
  return (ts) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

function bound(args: Arguments, name: 'oldest' | 'latest'): number | undefined {
  const text = args.optionalText(name);
  if (text === undefined) return undefined;
  if (!/^\d+(\.\d+)?$/.test(text)) throw new ApiError(`invalid_ts_${name}`);
  return Number(text);
}
