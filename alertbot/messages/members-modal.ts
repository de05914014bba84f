import type { Button, ModalView } from '@slack/types';
import { textsOf } from '../texts/texts-of.ts';
import { memberLine } from './alert-line.ts';
import type { AlertView, MessageSettings } from './alert-view.ts';
import { actions, button, context, lineSections } from './blocks.ts';
import { type ModalOrigin, modal } from './modal.ts';

/** Members on one page of the modal. */
export const PAGE_SIZE = 40;

/** Pages of so many members; at least one. */
export function pageCount(total: number): number {
  return Math.max(1, Math.ceil(total / PAGE_SIZE));
}

export interface MembersPage {
  messageId: number;
  /** Members in all. */
  total: number;
  /** From 1. */
  page: number;
  /** Those of this page: from (page - 1) x {@link PAGE_SIZE} on. */
  members: readonly AlertView[];
}

/** One page of a group's members. Its buttons carry the message and the page they lead to. */
export function membersModal(
  { messageId, total, page, members }: MembersPage,
  origin: ModalOrigin,
  settings: MessageSettings,
): ModalView {
  const texts = textsOf(settings);
  const pages = pageCount(total);
  const turns: Button[] = [];
  if (page > 1) turns.push(button(texts.buttons.previous, 'page_prev', { m: messageId, p: page - 1 }));
  if (page < pages) turns.push(button(texts.buttons.next, 'page_next', { m: messageId, p: page + 1 }));
  const lines = members.map((member) => memberLine(member, settings, texts));
  return modal({
    callbackId: 'members',
    title: texts.membersModal.title,
    close: texts.membersModal.close,
    metadata: { m: messageId, ...origin, page },
    blocks: [
      context(texts.membersModal.page(page, pages, total), 'members-page'),
      ...lineSections(lines.length === 0 ? [texts.membersModal.empty] : lines, 'members'),
      ...(turns.length === 0 ? [] : [actions(turns, 'members-turn')]),
    ],
  });
}
