import type { ImageElement, SectionBlock } from '@slack/types';
import { ElementView } from '../elements/element.tsx';
import type { Element } from '../form-values.ts';
import { TextObject } from '../mrkdwn-view.tsx';
import { inSequence } from '../sequence.ts';
import { safeImageUrl } from './image.tsx';

export function SectionView({ block, blockId }: { block: SectionBlock; blockId: string }) {
  return (
    <div className="block block-section">
      <div className="block-section-text">
        {block.text === undefined ? null : <TextObject text={block.text} />}
        {block.fields === undefined ? null : (
          <div className="fields">
            {inSequence(block.fields, (field) => (
              <div className="field">
                <TextObject text={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {block.accessory === undefined ? null : (
        <div className="block-section-accessory">
          <Accessory blockId={blockId} element={block.accessory as unknown as Element} />
        </div>
      )}
    </div>
  );
}

function Accessory({ blockId, element }: { blockId: string; element: Element }) {
  if (element.type !== 'image') {
    return <ElementView blockId={blockId} element={element} id={undefined} dispatches invalid={false} />;
  }
  const image = element as unknown as ImageElement;
  return <img className="thumbnail" src={safeImageUrl(image)} alt={image.alt_text} />;
}
