import { optionOf, valueField } from '../element-values.ts';
import type { FoundElement } from '../elements.ts';
import type { JsonObject } from '../json.ts';
import type { Click, ElementValue } from '../standin-types.ts';
import { badRequest, notFound } from './refusal.ts';

/** What the app said of an element and Slack repeats in the action. */
const REPEATED = ['text', 'value', 'style', 'url', 'confirm', 'placeholder'] as const;
/** What a person chooses, by element. */
const CHOSEN = [
  'selected_user',
  'selected_users',
  'selected_channel',
  'selected_conversation',
  'selected_date',
  'selected_time',
  'selected_date_time',
] as const;

/**
 * The member of `actions` for a click: the element as the app sent it, and what was chosen.
 *
 * @throws {Refusal} when an option is chosen that is not there, or none where one must be
 */
export function actionOf(found: FoundElement, click: Click): JsonObject {
  const { block, element } = found;
  const action: JsonObject = { type: element.type, block_id: block.block_id, action_id: element.action_id };
  for (const field of REPEATED) if (element[field] !== undefined) action[field] = element[field];
  return { ...action, ...choiceOf(element, click) };
}

/** The state of the element after the click; undefined when it keeps none. */
export function stateAfter({ element }: FoundElement, action: JsonObject): ElementValue | undefined {
  const field = valueField(element.type);
  if (field === undefined) return undefined;
  return { type: element.type, [field]: action[field] };
}

function choiceOf(element: FoundElement['element'], click: Click): JsonObject {
  switch (element.type) {
    case 'button':
    case 'workflow_button':
      return {};
    case 'overflow':
    case 'static_select':
    case 'radio_buttons':
      if (click.selected_option === undefined)
        throw badRequest(`selected_option is missing: it is a ${element.type}.`);
      return { selected_option: chosen(element, click.selected_option) };
    case 'checkboxes':
    case 'multi_static_select':
      return {
        selected_options: (click.selected_options ?? []).map((option) => chosen(element, option)),
      };
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { value: click.value ?? null };
    default:
      return Object.fromEntries(
        CHOSEN.filter((field) => click[field] !== undefined).map((field) => [field, click[field]]),
      );
  }
}

function chosen(element: JsonObject, option: unknown): JsonObject {
  const found = optionOf(element, option);
  if (found === undefined) {
    throw notFound(
      'option_not_found',
      `${String(element.action_id)} has no option ${JSON.stringify(option)}.`,
    );
  }
  return found;
}
