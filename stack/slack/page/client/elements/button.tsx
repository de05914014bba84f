import type { Button } from '@slack/types';
import type { Element } from '../form-values.ts';
import { isSafeUrl } from '../mrkdwn-entity.ts';
import { TextObject } from '../mrkdwn-view.tsx';
import { useElement } from '../surface.ts';
import { useConfirm } from './confirm.tsx';
import { DeliveryWarning, Spinner, usePending } from './delivery-note.tsx';

export function ButtonElement({ blockId, element }: { blockId: string; element: Button }) {
  const { key, act, hooks } = useElement(blockId, element as unknown as Element);
  const { ask, question } = useConfirm(element.confirm);
  const pending = usePending(key);

  function send(): void {
    // Slack opens the address and tells the app as well.
    if (element.url !== undefined && isSafeUrl(element.url)) window.open(element.url, '_blank', 'noopener');
    void act({});
  }

  return (
    <>
      <button
        type="button"
        className={`button${element.style === undefined ? '' : ` button-${element.style}`}`}
        aria-label={element.accessibility_label}
        aria-busy={pending}
        disabled={pending}
        data-testid="button"
        {...hooks}
        onClick={() => ask(send)}
      >
        {pending ? <Spinner /> : null}
        <span className={pending ? 'button-text-pending' : undefined}>
          <TextObject text={element.text} />
        </span>
      </button>
      <DeliveryWarning deliveryKey={key} />
      {question}
    </>
  );
}
