import type { ConfirmationDialog, Option } from '@slack/types';
import { useId } from 'react';
import type { SelectedOption } from '../../../standin-types.ts';
import { TextObject } from '../mrkdwn-view.tsx';
import { type Chosen, useElement } from '../surface.ts';
import { useConfirm } from './confirm.tsx';
import { DeliveryWarning, usePending } from './delivery-note.tsx';
import type { InputProps } from './input-props.ts';

/** Radio buttons and checkboxes. */
export function ChoicesElement({ blockId, element, dispatches, invalid }: InputProps) {
  const { key, value, change, act, hooks } = useElement(blockId, element);
  const { ask, question } = useConfirm(element.confirm as ConfirmationDialog | undefined);
  const group = useId();
  const pending = usePending(key);
  const options = (element.options ?? []) as Option[];
  const radio = element.type === 'radio_buttons';
  const chosen = radio
    ? [value.selected_option?.value]
    : (value.selected_options ?? []).map((one) => one.value);

  function choose(option: Option, checked: boolean): void {
    const picked = radio
      ? { selected_option: option as SelectedOption }
      : {
          selected_options: options.filter((one) =>
            one === option ? checked : chosen.includes(one.value),
          ) as SelectedOption[],
        };
    ask(() => {
      change({ type: element.type, ...picked });
      if (dispatches) void act(picked as Chosen);
    });
  }

  return (
    <>
      <div className="choices" role={radio ? 'radiogroup' : 'group'} aria-invalid={invalid} {...hooks}>
        {options.map((option) => (
          <label key={option.value} className="choice">
            <input
              type={radio ? 'radio' : 'checkbox'}
              name={group}
              value={option.value}
              checked={chosen.includes(option.value)}
              disabled={pending}
              data-testid="choice"
              onChange={(event) => choose(option, event.target.checked)}
            />
            <span>
              <TextObject text={option.text} />
              {option.description === undefined ? null : (
                <span className="choice-description">
                  <TextObject text={option.description} />
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
      <DeliveryWarning deliveryKey={key} />
      {question}
    </>
  );
}
