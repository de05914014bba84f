import { createHash } from 'node:crypto';
import type { Logger } from '../../platform/logger/logger.ts';
import { alertMessage } from '../messages/alert-message.ts';
import { type AlertView, type GroupView, isGroup, type MessageSettings } from '../messages/alert-view.ts';
import { groupMessage } from '../messages/group-message.ts';
import { plainMessage } from '../messages/plain-message.ts';
import { DELIVERY_OPTIONS, type SlackMessage } from '../messages/slack-message.ts';

/** What a message shows, ready to be sent. */
export interface Content {
  message: SlackMessage;
  /** Of all that can be seen of it. */
  hash: string;
  /** All it shows is resolved. */
  finished: boolean;
}

/** Draws an alert or a group; in words only when `plain`, or when it cannot be drawn otherwise. */
export function contentOf(
  subject: AlertView | GroupView,
  plain: boolean,
  settings: MessageSettings,
  logger: Logger,
): Content {
  const message = plain ? plainMessage(subject, settings) : drawn(subject, settings, logger);
  const { text, blocks, attachments } = message;
  return {
    message,
    hash: createHash('sha256')
      .update(JSON.stringify([text, blocks, attachments]))
      .digest('hex')
      .slice(0, 16),
    finished: isFinished(subject),
  };
}

function drawn(subject: AlertView | GroupView, settings: MessageSettings, logger: Logger): SlackMessage {
  try {
    return isGroup(subject) ? groupMessage(subject, settings) : alertMessage(subject, settings);
  } catch (error) {
    logger.error({ err: error, kind: subject.kind }, 'an alert could not be drawn; it is sent as words');
    return plainMessage(subject, settings);
  }
}

function isFinished(subject: AlertView | GroupView): boolean {
  return isGroup(subject) ? subject.counts.RESOLVED === subject.total : subject.status === 'RESOLVED';
}

/** The arguments that chat.postMessage and chat.update share. The key says later which message it is, the hash what it shows. */
export function callArguments(
  { message, hash }: Content,
  { messageId, messageKey }: { messageId: number; messageKey: string },
) {
  const { unfurl_links: _links, unfurl_media: _media, ...options } = DELIVERY_OPTIONS;
  return {
    ...options,
    text: message.text,
    blocks: message.blocks,
    attachments: message.attachments,
    metadata: {
      event_type: message.metadata.event_type,
      event_payload: {
        ...message.metadata.event_payload,
        message_id: messageId,
        message_key: messageKey,
        hash,
      },
    },
  };
}
