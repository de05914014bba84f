import type { KeyboardEvent } from 'react';
import { plainTextOf } from '../plain-text.ts';
import { useElement } from '../surface.ts';
import { DeliveryWarning } from './delivery-note.tsx';
import type { InputProps } from './input-props.ts';

const typesOfControls: Record<string, string> = {
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
};

/** Text of one line or several, addresses and numbers. */
export function TextInputElement({ blockId, element, id, dispatches, invalid }: InputProps) {
  const { key, value, change, act, hooks } = useElement(blockId, element);
  const placeholder = (element.placeholder as { text: string } | undefined)?.text;
  const maximum = element.max_length as number | undefined;
  const text = value.value ?? '';
  const shared = {
    id,
    className: 'input',
    value: text,
    placeholder: placeholder === undefined ? undefined : plainTextOf(placeholder),
    maxLength: maximum,
    'aria-invalid': invalid,
    'data-testid': 'text-input',
    ...hooks,
  };
  const set = (typed: string) => change({ type: element.type, value: typed === '' ? null : typed });

  function sendOnEnter(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !dispatches) return;
    event.preventDefault();
    void act({ value: text });
  }

  return (
    <>
      {element.multiline === true ? (
        <textarea {...shared} rows={4} onChange={(event) => set(event.target.value)} />
      ) : (
        <input
          {...shared}
          type={typesOfControls[element.type] ?? 'text'}
          onChange={(event) => set(event.target.value)}
          onKeyDown={sendOnEnter}
        />
      )}
      {maximum !== undefined && text.length > maximum * 0.9 ? (
        <span className="hint">{`${maximum - text.length} characters left`}</span>
      ) : null}
      <DeliveryWarning deliveryKey={key} />
    </>
  );
}
