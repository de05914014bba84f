import type { JsonObject } from '../json.ts';
import type { Standin } from '../standin.ts';
import type { StandinChannel } from '../standin-types.ts';
import { channelOf, writableChannelOf } from './lookups.ts';
import type { ApiMethod } from './method.ts';
import { pageOf } from './pages.ts';

export const info: ApiMethod = (call) => ({ channel: slackChannel(call.standin, channelOf(call)) });

export const list: ApiMethod = ({ standin, args }) => {
  const shown = standin.directory.channels.filter(
    (channel) => !(args.flag('exclude_archived') && channel.is_archived),
  );
  const page = pageOf(shown, ({ id }) => id, args.text('cursor'), args.limit(100, 1000));
  return {
    channels: page.items.map((channel) => slackChannel(standin, channel)),
    response_metadata: page.metadata,
  };
};

/** The bot is a member everywhere already. */
export const join: ApiMethod = (call) => ({
  channel: slackChannel(call.standin, writableChannelOf(call)),
  warning: 'already_in_channel',
  response_metadata: { warnings: ['already_in_channel'] },
});

function slackChannel(standin: Standin, channel: StandinChannel): JsonObject {
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: false,
    is_archived: channel.is_archived,
    is_member: !channel.is_archived,
    context_team_id: standin.directory.team.id,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: standin.directory.users.length,
  };
}
