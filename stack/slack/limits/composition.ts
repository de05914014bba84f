import type { JsonObject } from '../json.ts';
import { below, checkList, checkObject, checkOneOf, checkString, type Place } from './checks.ts';
import { LIMITS } from './limits.ts';

export interface TextRule {
  max: number;
  required?: boolean;
  /** plain_text only. */
  plain?: boolean;
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export function checkText(object: JsonObject, field: string, rule: TextRule, place: Place): void {
  const value = object[field];
  if (value === undefined || value === null) {
    if (rule.required === true) place.problems.add(place.at, `missing required field: ${field}`);
    return;
  }
  checkTextObject(value, rule, below(place, field));
}

export function checkTextObject(value: unknown, rule: TextRule, place: Place): void {
  const text = checkObject(value, place);
  if (text === null) return;
  const types = rule.plain === true ? ['plain_text'] : ['plain_text', 'mrkdwn'];
  if (!types.includes(text.type as string)) {
    place.problems.add(`${place.at}/type`, `must be one of: ${types.join(', ')}`);
  }
  checkString(text, 'text', { max: rule.max, required: true }, place);
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export function checkConfirm(element: JsonObject, place: Place): void {
  if (element.confirm === undefined) return;
  const here = below(place, 'confirm');
  const confirm = checkObject(element.confirm, here);
  if (confirm === null) return;
  checkText(confirm, 'title', { max: LIMITS.confirmTitle, required: true, plain: true }, here);
  checkText(confirm, 'text', { max: LIMITS.confirmText, required: true }, here);
  checkText(confirm, 'confirm', { max: LIMITS.confirmButton, required: true, plain: true }, here);
  checkText(confirm, 'deny', { max: LIMITS.confirmButton, required: true, plain: true }, here);
  checkOneOf(confirm, 'style', ['primary', 'danger'], here);
}

export interface OptionsRule {
  min?: number;
  max: number;
  /** Radio buttons and checkboxes may have mrkdwn. */
  plain: boolean;
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export function checkOptions(element: JsonObject, rule: OptionsRule, place: Place): void {
  for (const { item, place: here } of checkList(element, 'options', rule, place)) {
    checkOption(item, rule.plain, here);
  }
}

/** A select has either options or groups of them. */
export function checkOptionsOrGroups(element: JsonObject, place: Place): void {
  const rule = { max: LIMITS.selectOptions, plain: true };
  if (element.option_groups === undefined) {
    checkOptions(element, rule, place);
    return;
  }
  if (element.options !== undefined) {
    place.problems.add(place.at, 'only one of options and option_groups is allowed');
  }
  for (const { item, place: here } of checkList(
    element,
    'option_groups',
    { max: LIMITS.optionGroups },
    place,
  )) {
    const group = checkObject(item, here);
    if (group === null) continue;
    checkText(group, 'label', { max: LIMITS.groupLabel, required: true, plain: true }, here);
    checkOptions(group, rule, here);
  }
}

function checkOption(value: unknown, plain: boolean, place: Place): void {
  const option = checkObject(value, place);
  if (option === null) return;
  checkText(option, 'text', { max: LIMITS.optionText, required: true, plain }, place);
  checkString(option, 'value', { max: LIMITS.optionValue, required: true }, place);
  checkText(option, 'description', { max: LIMITS.optionDescription }, place);
  checkString(option, 'url', { max: LIMITS.optionUrl }, place);
}

export function checkPlaceholder(element: JsonObject, place: Place): void {
  checkText(element, 'placeholder', { max: LIMITS.placeholder, plain: true }, place);
}
