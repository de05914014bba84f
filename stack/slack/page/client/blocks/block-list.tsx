import type { AnyBlock, KnownBlock } from '@slack/types';
import { lazy, Suspense } from 'react';
import type { Element } from '../form-values.ts';
import { TextObject } from '../mrkdwn-view.tsx';
import { ActionsView } from './actions.tsx';
import { ContextView } from './context.tsx';
import { ImageView } from './image.tsx';
import { InputView } from './input.tsx';
import { SectionView } from './section.tsx';

// Its library is a megabyte, and most messages need nothing of it.
const OtherBlock = lazy(async () => ({ default: (await import('./other.tsx')).OtherBlock }));

/** Blocks of a message, an attachment, a modal or an App Home. */
export function BlockList({ blocks }: { blocks: readonly AnyBlock[] }) {
  return (
    <div className="blocks">
      {blocks.map((block) => (
        <BlockView key={block.block_id ?? JSON.stringify(block)} block={block as KnownBlock} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: KnownBlock }) {
  const blockId = block.block_id ?? '';
  switch (block.type) {
    case 'header':
      return (
        <h3 className="block block-header">
          <TextObject text={block.text} />
        </h3>
      );
    case 'divider':
      return <hr className="block block-divider" />;
    case 'section':
      return <SectionView block={block} blockId={blockId} />;
    case 'context':
      return <ContextView block={block} />;
    case 'actions':
      return <ActionsView blockId={blockId} elements={block.elements as unknown as Element[]} />;
    case 'input':
      return <InputView block={block} blockId={blockId} />;
    case 'image':
      return <ImageView image={block} title={block.title} />;
    default:
      return (
        <Suspense>
          <OtherBlock block={block} />
        </Suspense>
      );
  }
}
