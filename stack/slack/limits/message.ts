import { ApiError } from '../api-error.ts';
import { isObject, type JsonObject, objectsOf } from '../json.ts';
import { checkBlocks } from './blocks.ts';
import type { Place } from './checks.ts';
import { LIMITS } from './limits.ts';
import { Problems } from './problems.ts';

/** What an attachment with blocks may have besides. */
const BESIDE_BLOCKS = ['blocks', 'color', 'fallback', 'id'];

export interface MessageContent {
  text: string;
  blocks?: unknown[] | undefined;
  attachments?: unknown[] | undefined;
  metadata?: unknown;
}

/**
 * Checks the content of a message as Slack does.
 *
 * @throws {ApiError} no_text, msg_too_long, invalid_blocks, too_many_attachments, invalid_attachments,
 *   invalid_metadata_format, invalid_metadata_schema or metadata_too_large. That blocks in an attachment end as
 *   invalid_attachments is in the reference of chat.update and in https://github.com/slackapi/bolt-js/issues/717.
 */
export function checkMessage(content: MessageContent): void {
  const { text, blocks = [], attachments = [] } = content;
  if (text === '' && blocks.length === 0 && attachments.length === 0) throw new ApiError('no_text');
  if (text.length > LIMITS.messageText) throw new ApiError('msg_too_long');

  const blockIds = new Set<string>();
  const problems = new Problems();
  checkBlocks({ blocks }, 'message', blockIds, { at: '', problems });
  if (problems.any) throw ApiError.of('invalid_blocks', problems);

  if (attachments.length > LIMITS.attachments) throw new ApiError('too_many_attachments');
  for (const [index, attachment] of attachments.entries()) {
    const at = `/attachments/${index}`;
    if (!isObject(attachment)) problems.add(at, 'must be an object');
    else checkAttachment(attachment, blockIds, { at, problems });
  }
  if (problems.any) throw ApiError.of('invalid_attachments', problems);
  if (content.metadata !== undefined) checkMetadata(content.metadata);
}

/** Slack refuses blocks beside the fields of older attachments: https://github.com/slackapi/bolt-js/issues/717. */
function checkAttachment(attachment: JsonObject, blockIds: Set<string>, place: Place): void {
  checkBlocks(attachment, 'message', blockIds, place);
  if (attachment.blocks === undefined) return;
  for (const field of Object.keys(attachment)) {
    if (!BESIDE_BLOCKS.includes(field))
      place.problems.add(`${place.at}/${field}`, 'not allowed beside blocks');
  }
}

/** @throws {ApiError} msg_blocks_too_long, which is known of chat.postMessage only */
export function checkBlocksTogether(blocks: readonly unknown[] | undefined): void {
  if (JSON.stringify(blocks ?? []).length > LIMITS.messageBlocksJson)
    throw new ApiError('msg_blocks_too_long');
}

/** https://docs.slack.dev/messaging/message-metadata: values are scalars, objects of scalars, or lists of such. */
function checkMetadata(metadata: unknown): void {
  if (!isObject(metadata) || typeof metadata.event_type !== 'string' || !isObject(metadata.event_payload)) {
    throw new ApiError('invalid_metadata_format');
  }
  if (!Object.values(metadata.event_payload).every(isMetadataValue)) {
    throw new ApiError('invalid_metadata_schema');
  }
  if (Buffer.byteLength(JSON.stringify(metadata)) > LIMITS.metadataBytes) {
    throw new ApiError('metadata_too_large');
  }
}

function isMetadataValue(value: unknown): boolean {
  if (isScalar(value)) return true;
  if (Array.isArray(value)) return objectsOf(value).length === value.length && value.every(isFlat);
  return isFlat(value);
}

function isFlat(value: unknown): value is JsonObject {
  return isObject(value) && Object.values(value).every(isScalar);
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
