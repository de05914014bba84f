import type { AnyBlock, InputBlock, KnownBlock } from '@slack/types';
import type { ElementValue, ViewValues } from '../../standin-types.ts';

/** An interactive element, as far as its value goes; the rest depends on its type. */
export type Element = {
  readonly type: string;
  readonly action_id?: string | undefined;
  readonly [more: string]: unknown;
};

/** What a modal submits: every input's value, its initial one where it was not touched. */
export function valuesOf(blocks: readonly AnyBlock[], touched: ViewValues, stored: ViewValues): ViewValues {
  const values: ViewValues = {};
  for (const block of blocks) {
    for (const element of valueElements(block)) {
      const blockId = block.block_id ?? '';
      const actionId = element.action_id ?? '';
      values[blockId] ??= {};
      values[blockId][actionId] =
        touched[blockId]?.[actionId] ?? stored[blockId]?.[actionId] ?? initialValue(element);
    }
  }
  return values;
}

/** Inputs that must be filled and are not: block_id to what is said beside them. */
export function missingInputs(blocks: readonly AnyBlock[], values: ViewValues): Record<string, string> {
  const missing: Record<string, string> = {};
  for (const block of blocks) {
    if (!isInput(block) || block.optional === true || block.block_id === undefined) continue;
    const element = block.element as unknown as Element;
    const value = values[block.block_id]?.[element.action_id ?? ''];
    if (value === undefined || isEmpty(value))
      missing[block.block_id] = 'Please complete this required field.';
  }
  return missing;
}

/** The value an element has before anybody touches it. */
export function initialValue(element: Element): ElementValue {
  const { type } = element;
  const initial = (name: string) => element[name] ?? null;
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return {
        type,
        selected_option: initial('initial_option') as NonNullable<ElementValue['selected_option']>,
      };
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return { type, selected_options: (element.initial_options ?? []) as never[] };
    case 'users_select':
      return { type, selected_user: initial('initial_user') };
    case 'channels_select':
      return { type, selected_channel: initial('initial_channel') };
    case 'conversations_select':
      return { type, selected_conversation: initial('initial_conversation') };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'datepicker':
      return { type, selected_date: initial('initial_date') };
    case 'timepicker':
      return { type, selected_time: initial('initial_time') };
    case 'datetimepicker':
      return { type, selected_date_time: initial('initial_date_time') };
    default:
      return { type, value: initial('initial_value') as string | null };
  }
}

function isEmpty({ type: _, ...value }: ElementValue): boolean {
  return Object.values(value).every(
    (part) =>
      part === null || part === undefined || part === '' || (Array.isArray(part) && part.length === 0),
  );
}

function isInput(block: AnyBlock): block is InputBlock {
  return block.type === 'input';
}

// Buttons and menus of links have no value of their own.
const withoutValue = new Set(['button', 'overflow', 'image', 'workflow_button']);

function valueElements(block: AnyBlock): Element[] {
  const known = block as KnownBlock;
  const elements: readonly unknown[] =
    known.type === 'input'
      ? [known.element]
      : known.type === 'actions'
        ? known.elements
        : known.type === 'section' && known.accessory !== undefined
          ? [known.accessory]
          : [];
  return (elements as Element[]).filter(({ type }) => !withoutValue.has(type));
}
