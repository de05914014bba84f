import type { InputBlock } from '@slack/types';
import { useId } from 'react';
import { ElementView } from '../elements/element.tsx';
import type { Element } from '../form-values.ts';
import { Icon } from '../icons.tsx';
import { TextObject } from '../mrkdwn-view.tsx';
import { useSurface } from '../surface.ts';

export function InputView({ block, blockId }: { block: InputBlock; blockId: string }) {
  const id = useId();
  const error = useSurface().errors[blockId];
  return (
    <div
      className={error === undefined ? 'block block-input' : 'block block-input block-input-wrong'}
      data-testid="input-block"
      data-block-id={blockId}
    >
      <label className="block-input-label" htmlFor={id}>
        <TextObject text={block.label} />
        {block.optional === true ? <span className="optional">(optional)</span> : null}
      </label>
      <ElementView
        blockId={blockId}
        element={block.element as unknown as Element}
        id={id}
        dispatches={block.dispatch_action === true}
        invalid={error !== undefined}
      />
      {error === undefined ? null : (
        <p className="field-error" role="alert" data-testid="field-error" data-block-id={blockId}>
          <Icon name="warning" />
          {error}
        </p>
      )}
      {block.hint === undefined ? null : (
        <p className="hint">
          <TextObject text={block.hint} />
        </p>
      )}
    </div>
  );
}
