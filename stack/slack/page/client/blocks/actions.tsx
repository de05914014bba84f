import { ElementView } from '../elements/element.tsx';
import type { Element } from '../form-values.ts';

export function ActionsView({ blockId, elements }: { blockId: string; elements: readonly Element[] }) {
  return (
    <div className="block block-actions">
      {elements.map((element) => (
        <ElementView
          key={element.action_id ?? JSON.stringify(element)}
          blockId={blockId}
          element={element}
          id={undefined}
          dispatches
          invalid={false}
        />
      ))}
    </div>
  );
}
