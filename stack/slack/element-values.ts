import { elementsOf } from './elements.ts';
import { isObject, type JsonObject, objectsOf } from './json.ts';
import type { ElementValue, ViewValues } from './standin-types.ts';

/** Controls that keep what was put into them, and where they keep it; what they begin with has `initial` before it. */
const KEPT_IN: Readonly<Record<string, { field: string; initial: string; empty: unknown }>> = {
  plain_text_input: { field: 'value', initial: 'initial_value', empty: null },
  email_text_input: { field: 'value', initial: 'initial_value', empty: null },
  url_text_input: { field: 'value', initial: 'initial_value', empty: null },
  number_input: { field: 'value', initial: 'initial_value', empty: null },
  rich_text_input: { field: 'rich_text_value', initial: 'initial_value', empty: null },
  static_select: { field: 'selected_option', initial: 'initial_option', empty: null },
  external_select: { field: 'selected_option', initial: 'initial_option', empty: null },
  radio_buttons: { field: 'selected_option', initial: 'initial_option', empty: null },
  checkboxes: { field: 'selected_options', initial: 'initial_options', empty: [] },
  multi_static_select: { field: 'selected_options', initial: 'initial_options', empty: [] },
  multi_external_select: { field: 'selected_options', initial: 'initial_options', empty: [] },
  users_select: { field: 'selected_user', initial: 'initial_user', empty: null },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', empty: [] },
  channels_select: { field: 'selected_channel', initial: 'initial_channel', empty: null },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels', empty: [] },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation', empty: null },
  multi_conversations_select: {
    field: 'selected_conversations',
    initial: 'initial_conversations',
    empty: [],
  },
  datepicker: { field: 'selected_date', initial: 'initial_date', empty: null },
  timepicker: { field: 'selected_time', initial: 'initial_time', empty: null },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time', empty: null },
  file_input: { field: 'files', initial: 'files', empty: [] },
};

interface Content {
  blocks?: readonly unknown[] | undefined;
  attachments?: readonly unknown[] | undefined;
}

/** Where a control keeps its value; undefined for buttons and overflow menus, which keep none. */
export function valueField(type: string): string | undefined {
  return KEPT_IN[type]?.field;
}

/**
 * `state.values` of a message or view: of each control that keeps a value what `known` says of it, else what it began
 * with. What `known` says of other controls is left out.
 */
export function valuesOf(content: Content, known: ViewValues = {}): ViewValues {
  const values: ViewValues = {};
  for (const { block, element } of elementsOf(content)) {
    const kept = KEPT_IN[element.type];
    if (kept === undefined) continue;
    const blockId = String(block.block_id);
    const given = known[blockId]?.[element.action_id];
    values[blockId] ??= {};
    values[blockId][element.action_id] =
      given === undefined
        ? { type: element.type, [kept.field]: element[kept.initial] ?? kept.empty }
        : withWholeOptions({ ...given, type: element.type }, element);
  }
  return values;
}

/** A choice may be given by its value alone; Slack reports the whole option. */
function withWholeOptions(value: ElementValue, element: JsonObject): ElementValue {
  const whole = { ...value };
  if (whole.selected_option !== undefined && whole.selected_option !== null) {
    whole.selected_option = wholeOption(element, whole.selected_option) as ElementValue['selected_option'] &
      object;
  }
  if (Array.isArray(whole.selected_options)) {
    whole.selected_options = whole.selected_options.map(
      (option) => wholeOption(element, option) as typeof option,
    );
  }
  return whole;
}

/** The option of a control with this value; what was given where there is none, for menus with options elsewhere. */
export function wholeOption(element: JsonObject, chosen: unknown): unknown {
  return optionOf(element, chosen) ?? (isObject(chosen) ? chosen : null);
}

/** @param chosen an option, or its value */
export function optionOf(element: JsonObject, chosen: unknown): JsonObject | undefined {
  const value = isObject(chosen) ? chosen.value : chosen;
  const grouped = objectsOf(element.option_groups).flatMap((group) => objectsOf(group.options));
  return [...objectsOf(element.options), ...grouped].find((option) => option.value === value);
}
