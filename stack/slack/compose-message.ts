import type { MessageMetadata } from '@slack/types';
import { attachmentsWithIds, withIds } from './elements.ts';
import { mentionsOf } from './mentions.ts';
import type { StandinMessage } from './standin-types.ts';

export interface Draft {
  channel: string;
  ts: string;
  user: string;
  text: string;
  blocks?: unknown[] | undefined;
  attachments?: unknown[] | undefined;
  metadata?: unknown;
  threadTs?: string | undefined;
  replyBroadcast?: boolean | undefined;
  ephemeralTo?: string | undefined;
  fromCommand?: string | undefined;
  /** Whether names without markup are mentions. */
  linkNames?: boolean | undefined;
}

/** A message of checked content, as it is kept. */
export function composeMessage(draft: Draft): StandinMessage {
  const { blocks, attachments, metadata, threadTs, ephemeralTo, fromCommand } = draft;
  return {
    channel: draft.channel,
    ts: draft.ts,
    user: draft.user,
    text: draft.text,
    mentions: mentionsOf(draft, draft.linkNames),
    ...(hasAny(blocks) ? { blocks: withIds(blocks) } : {}),
    ...(hasAny(attachments) ? { attachments: attachmentsWithIds(attachments) } : {}),
    ...(metadata === undefined ? {} : { metadata: structuredClone(metadata) as MessageMetadata }),
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    ...(draft.replyBroadcast === true ? { reply_broadcast: true } : {}),
    ...(ephemeralTo === undefined ? {} : { ephemeral_to: ephemeralTo }),
    ...(fromCommand === undefined ? {} : { from_command: fromCommand }),
  };
}

function hasAny(list: unknown[] | undefined): list is unknown[] {
  return list !== undefined && list.length > 0;
}
