import type { KnownBlock } from '@slack/types';

/** A message as `chat.postMessage` and `chat.update` take it, but for channel and ts. */
export interface SlackMessage {
  /** For notifications and screen readers; Slack shows it where there are no blocks. */
  text: string;
  blocks: KnownBlock[];
  attachments: { color: string; blocks: KnownBlock[]; fallback: string }[];
  metadata: MessageMetadata;
}

/** How a message is found again in a channel's history. The sender adds `message_id`. */
export interface MessageMetadata {
  event_type: 'holdfast_alert';
  event_payload: { message_id?: number; alert_id?: number; version?: number };
}

/** A message of words only: in a thread, to one person, or as the answer to a command. */
export interface Reply {
  text: string;
  blocks: KnownBlock[];
}

/**
 * Goes with every call that sends text: without it Slack makes links and mentions of what only looks like one, in
 * `text`, and loads pages that data names.
 */
export const DELIVERY_OPTIONS = {
  parse: 'none',
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
} as const;
