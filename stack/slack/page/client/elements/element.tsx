import type { Button, Overflow } from '@slack/types';
import { ButtonElement } from './button.tsx';
import { ChoicesElement } from './choices.tsx';
import type { InputProps } from './input-props.ts';
import { OverflowElement } from './overflow.tsx';
import { SelectElement } from './select.tsx';
import { TextInputElement } from './text-input.tsx';
import { TimeInputElement } from './time-input.tsx';

/** Any interactive element, by its type. */
export function ElementView(props: InputProps) {
  const { element, blockId } = props;
  switch (element.type) {
    case 'button':
    case 'workflow_button':
      return <ButtonElement blockId={blockId} element={element as unknown as Button} />;
    case 'overflow':
      return <OverflowElement blockId={blockId} element={element as unknown as Overflow} />;
    case 'radio_buttons':
    case 'checkboxes':
      return <ChoicesElement {...props} />;
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextInputElement {...props} />;
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <TimeInputElement {...props} />;
    default:
      if (element.type.endsWith('_select')) return <SelectElement {...props} />;
      return <span className="hint">{`(${element.type} cannot be used on this page)`}</span>;
  }
}
