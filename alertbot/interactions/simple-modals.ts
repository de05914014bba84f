import type { KnownBlock, ModalView } from '@slack/types';
import { plain, section } from '../messages/blocks.ts';
import { LIMITS } from '../messages/limits.ts';
import type { Reply } from '../messages/slack-message.ts';

/** Words that every modal of one purpose has. */
export interface ModalWords {
  title: string;
  close: string;
}

/** Opened at once, for a trigger is good for 3 s only, and replaced when the database has answered. */
export function loadingModal(words: ModalWords): ModalView {
  return simpleModal(words, [section(':hourglass_flowing_sand:', 'loading')]);
}

/** Says something in place of what was asked for. */
export function noticeModal(words: ModalWords, reply: Reply): ModalView {
  return simpleModal(words, reply.blocks);
}

function simpleModal({ title, close }: ModalWords, blocks: KnownBlock[]): ModalView {
  return {
    type: 'modal',
    callback_id: 'notice',
    title: plain(title, LIMITS.modalTitle),
    close: plain(close, LIMITS.modalButton),
    blocks,
  };
}
