import type { ConfirmationDialog, Option, OptionGroup } from '@slack/types';
import type { ElementValue } from '../../../standin-types.ts';
import { type Directory, useDirectory } from '../context.ts';
import type { Element } from '../form-values.ts';
import { plainTextOf } from '../plain-text.ts';
import { type Chosen, useElement } from '../surface.ts';
import { useConfirm } from './confirm.tsx';
import { DeliveryWarning, usePending } from './delivery-note.tsx';
import type { InputProps } from './input-props.ts';

type Choice = { readonly value: string; readonly text: string; readonly option?: Option };
type ChoiceGroup = { readonly label: string | null; readonly choices: readonly Choice[] };

/** Selects of one or several options, people, channels or conversations, as the browser's own control. */
export function SelectElement({ blockId, element, id, dispatches, invalid }: InputProps) {
  const { key, value, change, act, hooks } = useElement(blockId, element);
  const { ask, question } = useConfirm(element.confirm as ConfirmationDialog | undefined);
  const groups = choiceGroups(element, useDirectory());
  const multiple = element.type.startsWith('multi_');
  const chosen = chosenValues(value);

  function choose(values: string[]): void {
    const choices = groups
      .flatMap((group) => group.choices)
      .filter((choice) => values.includes(choice.value));
    const next = selectedAs(element.type, choices);
    ask(() => {
      change({ type: element.type, ...next });
      if (dispatches) void act(next as Chosen);
    });
  }

  const placeholder = (element.placeholder as { text: string } | undefined)?.text;
  return (
    <>
      <select
        id={id}
        className={multiple ? 'input input-multiple' : 'input input-select'}
        multiple={multiple}
        value={multiple ? chosen : (chosen[0] ?? '')}
        disabled={usePending(key)}
        aria-invalid={invalid}
        aria-label={id === undefined ? (placeholder ?? 'Choose') : undefined}
        data-testid="select"
        {...hooks}
        onChange={(event) => choose([...event.target.selectedOptions].map((option) => option.value))}
      >
        {multiple ? null : (
          <option value="" disabled hidden>
            {plainTextOf(placeholder ?? 'Choose an option')}
          </option>
        )}
        {groups.map((group) =>
          group.label === null ? (
            group.choices.map(choiceView)
          ) : (
            <optgroup key={group.label} label={plainTextOf(group.label)}>
              {group.choices.map(choiceView)}
            </optgroup>
          ),
        )}
      </select>
      <DeliveryWarning deliveryKey={key} />
      {question}
    </>
  );
}

function choiceView(choice: Choice) {
  return (
    <option key={choice.value} value={choice.value}>
      {plainTextOf(choice.text)}
    </option>
  );
}

function choiceGroups(element: Element, { users, channels }: Directory): ChoiceGroup[] {
  const kind = element.type.replace(/^multi_/, '');
  if (kind === 'users_select') {
    const people = users.filter((user) => !user.is_bot);
    return [{ label: null, choices: people.map((user) => ({ value: user.id, text: user.real_name })) }];
  }
  if (kind === 'channels_select' || kind === 'conversations_select') {
    return [{ label: null, choices: channels.map(({ id, name }) => ({ value: id, text: `#${name}` })) }];
  }
  const toChoice = (option: Option): Choice => ({
    value: option.value ?? '',
    text: option.text.text,
    option,
  });
  const groups = element.option_groups as OptionGroup[] | undefined;
  if (groups !== undefined) {
    return groups.map(({ label, options }) => ({ label: label.text, choices: options.map(toChoice) }));
  }
  return [{ label: null, choices: ((element.options ?? []) as Option[]).map(toChoice) }];
}

/** The member Slack reports a choice in: `selected_option`, `selected_users`, ... */
function selectedAs(type: string, choices: readonly Choice[]): Omit<ElementValue, 'type'> {
  const many = type.startsWith('multi_');
  const what = /^(?:multi_)?(users|channels|conversations)_select$/.exec(type)?.[1];
  if (what !== undefined) {
    const ids = choices.map((choice) => choice.value);
    return many ? { [`selected_${what}`]: ids } : { [`selected_${what.slice(0, -1)}`]: ids[0] ?? null };
  }
  const options = choices.flatMap(({ option }) => (option === undefined ? [] : [option])) as never[];
  return many ? { selected_options: options } : { selected_option: options[0] ?? null };
}

function chosenValues({ type: _, ...value }: ElementValue): string[] {
  return Object.values(value)
    .flat()
    .flatMap((part) => {
      if (typeof part === 'string') return [part];
      return typeof part === 'object' && part !== null && 'value' in part ? [String(part.value)] : [];
    });
}
