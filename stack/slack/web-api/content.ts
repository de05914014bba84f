import type { MessageContent } from '../limits/message.ts';
import type { Arguments } from './arguments.ts';

/** Text, blocks, attachments and metadata of a call; undefined is what was not sent. */
export function contentOf(args: Arguments): MessageContent {
  return {
    text: args.text('text'),
    blocks: args.list('blocks', 'invalid_blocks_format'),
    attachments: args.list('attachments', 'invalid_attachments'),
    metadata: args.structured('metadata', 'invalid_metadata_format'),
  };
}

/** Whether `@here` without markup addresses people. */
export function linksNames(args: Arguments): boolean {
  return args.flag('link_names') || args.text('parse') === 'full';
}
