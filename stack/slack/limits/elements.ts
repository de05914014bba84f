import type { JsonObject } from '../json.ts';
import { checkObject, checkOneOf, checkString, type Place } from './checks.ts';
import {
  checkConfirm,
  checkOptions,
  checkOptionsOrGroups,
  checkPlaceholder,
  checkText,
} from './composition.ts';
import { LIMITS } from './limits.ts';

type Check = (element: JsonObject, place: Place) => void;

const menu: Check = (element, place) => {
  checkPlaceholder(element, place);
};

const staticMenu: Check = (element, place) => {
  checkPlaceholder(element, place);
  checkOptionsOrGroups(element, place);
};

const picker: Check = (element, place) => {
  checkPlaceholder(element, place);
};

const choices: Check = (element, place) => {
  checkOptions(element, { max: LIMITS.choiceOptions, plain: false }, place);
};

const typedInput: Check = (element, place) => {
  checkPlaceholder(element, place);
  checkString(element, 'initial_value', { max: LIMITS.inputMaxLength }, place);
};

/** https://docs.slack.dev/reference/block-kit/block-elements, one check for each type. */
const CHECKS: Readonly<Record<string, Check>> = {
  button: (element, place) => {
    checkText(element, 'text', { max: LIMITS.buttonText, required: true, plain: true }, place);
    checkString(element, 'value', { max: LIMITS.buttonValue }, place);
    checkString(element, 'url', { max: LIMITS.buttonUrl }, place);
    checkOneOf(element, 'style', ['primary', 'danger'], place);
    checkString(element, 'accessibility_label', { max: LIMITS.accessibilityLabel }, place);
  },
  workflow_button: (element, place) => {
    checkText(element, 'text', { max: LIMITS.buttonText, required: true, plain: true }, place);
  },
  overflow: (element, place) => {
    const rule = { min: LIMITS.overflowOptionsMin, max: LIMITS.overflowOptionsMax, plain: true };
    checkOptions(element, rule, place);
  },
  static_select: staticMenu,
  multi_static_select: staticMenu,
  external_select: menu,
  multi_external_select: menu,
  users_select: menu,
  multi_users_select: menu,
  conversations_select: menu,
  multi_conversations_select: menu,
  channels_select: menu,
  multi_channels_select: menu,
  radio_buttons: choices,
  checkboxes: choices,
  datepicker: picker,
  timepicker: picker,
  datetimepicker: picker,
  plain_text_input: (element, place) => {
    typedInput(element, place);
    for (const field of ['min_length', 'max_length']) checkLength(element, field, place);
  },
  email_text_input: typedInput,
  url_text_input: typedInput,
  number_input: (element, place) => {
    checkPlaceholder(element, place);
    if (typeof element.is_decimal_allowed !== 'boolean') {
      place.problems.add(place.at, 'missing required field: is_decimal_allowed');
    }
  },
  rich_text_input: (element, place) => checkPlaceholder(element, place),
  file_input: () => undefined,
  image: (element, place) => {
    checkImageSource(element, place);
    checkString(element, 'alt_text', { max: LIMITS.imageAltText, required: true }, place);
  },
};

const SELECTS = Object.keys(CHECKS).filter((type) => type.endsWith('_select'));
const PICKERS = ['datepicker', 'timepicker', 'datetimepicker'];
const CHOICES = ['radio_buttons', 'checkboxes'];
const BUTTONS = ['button', 'workflow_button', 'overflow'];
const INPUTS = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'rich_text_input'];

/** Which elements a kind of block may hold. */
export const ELEMENTS_OF = {
  section: [...BUTTONS, ...SELECTS, ...CHOICES, 'datepicker', 'timepicker', 'image'],
  actions: [...BUTTONS, ...SELECTS, ...CHOICES, ...PICKERS, 'rich_text_input'],
  input: [...INPUTS, ...SELECTS, ...CHOICES, ...PICKERS, 'file_input'],
} as const satisfies Record<string, readonly string[]>;

/** Elements that are no controls have no action_id. */
const INERT = new Set(['image']);

/**
 * Checks one element of a block.
 *
 * @param actionIds those of the block so far; this one's is added
 */
export function checkElement(
  value: unknown,
  allowed: readonly string[],
  actionIds: Set<string>,
  place: Place,
): void {
  const element = checkObject(value, place);
  if (element === null) return;
  const type = String(element.type);
  const check = allowed.includes(type) ? CHECKS[type] : undefined;
  if (check === undefined) {
    place.problems.add(`${place.at}/type`, `unsupported type: ${type}`);
    return;
  }
  check(element, place);
  if (INERT.has(type)) return;
  checkConfirm(element, place);
  checkString(element, 'action_id', { max: LIMITS.actionId }, place);
  if (typeof element.action_id !== 'string') return;
  if (actionIds.has(element.action_id)) {
    place.problems.add(`${place.at}/action_id`, `\`action_id\` ${element.action_id} already exists`);
  }
  actionIds.add(element.action_id);
}

export function checkImageSource(image: JsonObject, place: Place): void {
  if (image.slack_file === undefined) {
    checkString(image, 'image_url', { max: LIMITS.imageUrl, required: true }, place);
  }
}

function checkLength(element: JsonObject, field: string, place: Place): void {
  const value = element[field];
  if (value === undefined) return;
  const sound =
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LIMITS.inputMaxLength;
  if (!sound) place.problems.add(`${place.at}/${field}`, `must be between 0 and ${LIMITS.inputMaxLength}`);
}
