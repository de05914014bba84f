import type { ContextBlock } from '@slack/types';
import { TextObject } from '../mrkdwn-view.tsx';
import { inSequence } from '../sequence.ts';
import { safeImageUrl } from './image.tsx';

export function ContextView({ block }: { block: ContextBlock }) {
  return (
    <div className="block block-context">
      {inSequence(block.elements, (element) =>
        element.type === 'image' ? (
          <img className="context-image" src={safeImageUrl(element)} alt={element.alt_text} />
        ) : (
          <div className="context-text">
            <TextObject text={element} />
          </div>
        ),
      )}
    </div>
  );
}
