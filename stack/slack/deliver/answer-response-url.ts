import { ApiError } from '../api-error.ts';
import { composeMessage } from '../compose-message.ts';
import { findChannel } from '../directory.ts';
import type { JsonObject } from '../json.ts';
import { checkMessage } from '../limits/message.ts';
import type { Standin } from '../standin.ts';
import { type Ended, failed, succeeded } from '../web-api/outcome.ts';
import type { ResponseTarget } from './response-urls.ts';

/**
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses: a new message, or a change of the
 * one that was clicked; the answer to a command has none to change.
 *
 * @param keep false: it is answered, and has no effect
 */
export function answerResponseUrl(standin: Standin, token: string, body: JsonObject, keep: boolean): Ended {
  const use = standin.responseUrls.use(token);
  if ('error' in use) return failed(new ApiError(use.error), 404);
  const channel = findChannel(standin.directory, use.target.channel);
  if (channel === undefined || channel.is_archived) return failed(new ApiError('is_archived'), 404);
  try {
    const change = changeOf(standin, use.target, body);
    if (keep) change();
    return succeeded({});
  } catch (error) {
    if (error instanceof ApiError) return failed(error, 400);
    throw error;
  }
}

function changeOf(standin: Standin, target: ResponseTarget, body: JsonObject): () => void {
  const { messages, directory } = standin;
  const original =
    target.messageTs === undefined ? undefined : messages.get(target.channel, target.messageTs);
  if (isTrue(body.delete_original)) {
    return () => {
      if (original !== undefined) messages.remove(original.ts);
    };
  }
  const content = {
    text: typeof body.text === 'string' ? body.text : '',
    blocks: listOf(body.blocks, 'invalid_blocks'),
    attachments: listOf(body.attachments, 'invalid_attachments'),
  };
  checkMessage(content);
  if (isTrue(body.replace_original) && original !== undefined) {
    const changed = composeMessage({
      ...content,
      channel: original.channel,
      ts: original.ts,
      user: original.user,
      metadata: original.metadata,
      threadTs: original.thread_ts,
      replyBroadcast: original.reply_broadcast,
      ephemeralTo: original.ephemeral_to,
      fromCommand: original.from_command,
    });
    return () => messages.put({ ...changed, edited: { ts: messages.timestamps.next() } });
  }
  const message = composeMessage({
    ...content,
    channel: target.channel,
    ts: messages.timestamps.next(),
    user: directory.app.bot_user_id,
    threadTs: typeof body.thread_ts === 'string' ? body.thread_ts : undefined,
    ephemeralTo: body.response_type === 'in_channel' ? undefined : target.userId,
    fromCommand: target.command,
  });
  return () => messages.put(message);
}

function listOf(value: unknown, error: string): unknown[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw new ApiError(error);
  return value;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
