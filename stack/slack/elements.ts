import { randomBytes } from 'node:crypto';
import type { AnyBlock, MessageAttachment } from '@slack/types';
import { isObject, type JsonObject, objectsOf } from './json.ts';

/** A control in a block. */
export interface FoundElement {
  block: JsonObject;
  element: JsonObject & { type: string; action_id: string };
  /** From 1; null outside attachments. */
  attachmentId: number | null;
}

interface Content {
  blocks?: readonly unknown[] | undefined;
  attachments?: readonly unknown[] | undefined;
}

/** The controls of a message or view, in reading order. */
export function elementsOf(content: Content): FoundElement[] {
  const own = inBlocks(content.blocks, null);
  const attached = objectsOf(content.attachments).flatMap(({ blocks }, index) => inBlocks(blocks, index + 1));
  return [...own, ...attached];
}

export function findElement(content: Content, blockId: string, actionId: string): FoundElement | undefined {
  return elementsOf(content).find(
    ({ block, element }) => block.block_id === blockId && element.action_id === actionId,
  );
}

/** A copy with a block_id for each block and an action_id for each control that has none, as Slack gives them. */
export function withIds(blocks: readonly unknown[]): AnyBlock[] {
  const copies = structuredClone(objectsOf(blocks));
  for (const block of copies) {
    if (typeof block.block_id !== 'string' || block.block_id === '') block.block_id = generatedId();
    for (const element of controlsOf(block)) {
      if (typeof element.action_id !== 'string' || element.action_id === '')
        element.action_id = generatedId();
    }
  }
  return copies as unknown as AnyBlock[];
}

export function attachmentsWithIds(attachments: readonly unknown[]): MessageAttachment[] {
  return objectsOf(attachments).map((attachment) => ({
    ...structuredClone(attachment),
    ...(Array.isArray(attachment.blocks) ? { blocks: withIds(attachment.blocks) } : {}),
  }));
}

function inBlocks(blocks: unknown, attachmentId: number | null): FoundElement[] {
  return objectsOf(blocks).flatMap((block) =>
    controlsOf(block)
      .filter((element): element is FoundElement['element'] => typeof element.action_id === 'string')
      .map((element) => ({ block, element, attachmentId })),
  );
}

function controlsOf(block: JsonObject): JsonObject[] {
  const single = [block.accessory, block.element].filter(isObject);
  const several =
    block.type === 'actions' || block.type === 'context_actions' ? objectsOf(block.elements) : [];
  return [...single, ...several].filter(({ type }) => typeof type === 'string' && type !== 'image');
}

function generatedId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}
