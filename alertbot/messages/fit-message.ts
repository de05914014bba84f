import { Buffer } from 'node:buffer';
import type { AnyBlock, KnownBlock, MrkdwnElement, PlainTextElement } from '@slack/types';
import { context } from './blocks.ts';
import { LIMITS } from './limits.ts';
import { ELLIPSIS, truncate } from './truncate.ts';

interface Fitting {
  text: string;
  blocks: KnownBlock[];
  attachments?: { color: string; blocks: KnownBlock[]; fallback: string }[];
}

/** Texts are cut to ever fewer characters until the whole is small enough. */
const CAPS = [3_000, 2_000, 1_200, 800, 500, 300, 150, 80] as const;

/**
 * The message within Slack's limits, whatever is in it: texts are cut at …, and where that is not enough, blocks are
 * left out from the end, with a … in their place. Buttons stay longest.
 */
export function fitMessage<M extends Fitting>(message: M): M {
  const whole = { ...message, text: truncate(message.text, LIMITS.text) };
  for (const cap of CAPS) {
    const fitted = withBlocks(whole, (blocks) => blocks.map((block) => cutTexts(block, cap)));
    if (fits(fitted)) return fitted;
  }
  let shortened = withBlocks(whole, (blocks) => blocks.map((block) => cutTexts(block, CAPS.at(-1) ?? 1)));
  while (!fits(shortened)) shortened = dropOne(shortened);
  return shortened;
}

/** The view's blocks within Slack's limits; those beyond the hundredth are left out, with a … in their place. */
export function fitBlocks(blocks: readonly AnyBlock[], maxBytes: number = LIMITS.viewBytes): AnyBlock[] {
  const kept = [...blocks];
  while (kept.length > LIMITS.viewBlocks || bytesOf(kept) > maxBytes) {
    kept.splice(-2, 2, context(ELLIPSIS, 'left-out'));
  }
  return kept;
}

function withBlocks<M extends Fitting>(message: M, change: (blocks: KnownBlock[]) => KnownBlock[]): M {
  const { attachments } = message;
  return {
    ...message,
    blocks: change(message.blocks),
    ...(attachments && {
      attachments: attachments.map((one) => ({
        ...one,
        fallback: truncate(one.fallback, LIMITS.text),
        blocks: change(one.blocks),
      })),
    }),
  };
}

function fits({ blocks, attachments = [] }: Fitting): boolean {
  const all = [blocks, ...attachments.map((one) => one.blocks)].flat();
  return (
    all.length <= LIMITS.messageBlocks &&
    bytesOf([all, attachments.map((one) => one.fallback)]) <= LIMITS.messageBytes
  );
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value), 'utf8');
}

function cutTexts(block: KnownBlock, cap: number): KnownBlock {
  const cut = <T extends MrkdwnElement | PlainTextElement>(element: T, max: number): T => ({
    ...element,
    text: truncate(element.text, Math.min(cap, max)),
  });
  if (block.type === 'section') {
    return {
      ...block,
      ...(block.text && { text: cut(block.text, LIMITS.section) }),
      ...(block.fields && {
        fields: block.fields.slice(0, LIMITS.fields).map((field) => cut(field, LIMITS.field)),
      }),
    };
  }
  if (block.type === 'context') {
    const elements = block.elements.slice(0, LIMITS.contextElements);
    return {
      ...block,
      elements: elements.map((one) => (one.type === 'image' ? one : cut(one, LIMITS.context))),
    };
  }
  return block.type === 'header' ? { ...block, text: cut(block.text, LIMITS.header) } : block;
}

const LEFT_OUT = /^left-out/u;

/** Without the last block that is no row of buttons; without the last row when there is nothing else left. */
function dropOne<M extends Fitting>(message: M): M {
  const lists = [message.blocks, ...(message.attachments ?? []).map((one) => one.blocks)];
  const longest = lists.reduce((a, b) => (b.length > a.length ? b : a));
  if (longest.length === 0) return { ...message, attachments: [] };
  const isMark = (block: KnownBlock) => LEFT_OUT.test(block.block_id ?? '');
  const droppable = longest.findLastIndex((block) => block.type !== 'actions' && !isMark(block));
  const at = droppable >= 0 ? droppable : longest.length - 1;
  const kept = longest.filter((block, index) => index !== at && !isMark(block));
  const buttons = kept.findIndex((block, index) => index >= at && block.type === 'actions');
  const mark = context(ELLIPSIS, `left-out-${lists.indexOf(longest)}`);
  const marked = kept.length === 0 ? [] : kept.toSpliced(buttons < 0 ? kept.length : buttons, 0, mark);
  return withBlocks(message, (blocks) => (blocks === longest ? marked : blocks));
}
