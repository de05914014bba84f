import type { Overflow, PlainTextOption } from '@slack/types';
import { useId, useRef } from 'react';
import type { SelectedOption } from '../../../standin-types.ts';
import type { Element } from '../form-values.ts';
import { Icon } from '../icons.tsx';
import { isSafeUrl } from '../mrkdwn-entity.ts';
import { TextObject } from '../mrkdwn-view.tsx';
import { useElement } from '../surface.ts';
import { useConfirm } from './confirm.tsx';
import { DeliveryWarning, Spinner, usePending } from './delivery-note.tsx';
import { moveFocus, placeBeside } from './menu-keys.ts';

/** The button with three dots and its menu. */
export function OverflowElement({ blockId, element }: { blockId: string; element: Overflow }) {
  const { key, act, hooks } = useElement(blockId, element as unknown as Element);
  const { ask, question } = useConfirm(element.confirm);
  const pending = usePending(key);
  const menuId = useId();
  const menu = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);

  function choose(option: PlainTextOption & { url?: string }): void {
    menu.current?.hidePopover();
    ask(() => {
      if (option.url !== undefined && isSafeUrl(option.url)) window.open(option.url, '_blank', 'noopener');
      void act({ selected_option: option as SelectedOption });
    });
  }

  return (
    <>
      <button
        ref={opener}
        type="button"
        className="button button-overflow"
        popoverTarget={menuId}
        aria-label="More actions"
        aria-haspopup="menu"
        aria-busy={pending}
        disabled={pending}
        data-testid="overflow"
        {...hooks}
      >
        {pending ? <Spinner /> : <Icon name="dots" />}
      </button>
      <div
        ref={menu}
        id={menuId}
        popover="auto"
        role="menu"
        tabIndex={-1}
        className="menu"
        onToggle={(event) => {
          if (event.newState === 'open') placeBeside(event.currentTarget, opener.current);
        }}
        onKeyDown={moveFocus}
      >
        {element.options.map((option) => (
          <button
            key={option.value}
            type="button"
            role="menuitem"
            className="menu-item"
            data-testid="overflow-option"
            data-value={option.value}
            onClick={() => choose(option as PlainTextOption)}
          >
            <TextObject text={option.text} />
            {option.description === undefined ? null : (
              <span className="menu-description">
                <TextObject text={option.description} />
              </span>
            )}
          </button>
        ))}
      </div>
      <DeliveryWarning deliveryKey={key} />
      {question}
    </>
  );
}
