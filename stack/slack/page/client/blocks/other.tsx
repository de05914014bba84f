import type { KnownBlock } from '@slack/types';
import { type Block, Message } from 'slack-blocks-to-jsx';
import { useDirectory } from '../context.ts';
import { Emoji } from '../emoji-view.tsx';
import { SafeLink } from '../mrkdwn-view.tsx';

/** Blocks that only show something: rich text, tables, markdown, video and what else Slack has. */
export function OtherBlock({ block }: { block: KnownBlock }) {
  const { users, channels, user_groups } = useDirectory();
  return (
    <div className="block block-other">
      <Message
        withoutWrapper
        blocks={[block as unknown as Block]}
        name=""
        logo=""
        data={{
          users: users.map(({ id, real_name }) => ({ id, name: real_name })),
          channels,
          user_groups: user_groups.map(({ id, handle }) => ({ id, name: handle })),
        }}
        hooks={{
          link: ({ href, children }) => <SafeLink url={href}>{children}</SafeLink>,
          emoji: ({ name }) => <Emoji name={name} />,
        }}
      />
    </div>
  );
}
