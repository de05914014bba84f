import type { JsonObject } from '../json.ts';
import { below, checkList, checkObject, checkString, type Place } from './checks.ts';
import { checkText, checkTextObject } from './composition.ts';
import { checkElement, checkImageSource, ELEMENTS_OF } from './elements.ts';
import { LIMITS } from './limits.ts';

export type Surface = 'message' | 'modal' | 'home';

interface BlockRule {
  surfaces: readonly Surface[];
  check?: (block: JsonObject, place: Place) => void;
}

const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home'];
const IN_MESSAGES: readonly Surface[] = ['message'];

/**
 * https://docs.slack.dev/reference/block-kit/blocks, one rule for each type. Of the types without a check only the
 * surface and the block_id are looked at.
 */
const RULES: Readonly<Record<string, BlockRule>> = {
  section: { surfaces: EVERYWHERE, check: checkSection },
  header: {
    surfaces: EVERYWHERE,
    check: (block, place) =>
      checkText(block, 'text', { max: LIMITS.headerText, required: true, plain: true }, place),
  },
  context: { surfaces: EVERYWHERE, check: checkContext },
  actions: { surfaces: EVERYWHERE, check: checkActions },
  divider: { surfaces: EVERYWHERE },
  image: { surfaces: EVERYWHERE, check: checkImage },
  input: { surfaces: EVERYWHERE, check: checkInput },
  rich_text: { surfaces: EVERYWHERE },
  video: { surfaces: EVERYWHERE },
  markdown: {
    surfaces: IN_MESSAGES,
    check: (block, place) => checkString(block, 'text', { max: LIMITS.markdownText, required: true }, place),
  },
  file: { surfaces: IN_MESSAGES },
  table: { surfaces: IN_MESSAGES },
  context_actions: { surfaces: IN_MESSAGES },
  alert: { surfaces: EVERYWHERE },
  card: { surfaces: IN_MESSAGES },
  carousel: { surfaces: IN_MESSAGES },
  container: { surfaces: IN_MESSAGES },
  data_table: { surfaces: IN_MESSAGES },
  plan: { surfaces: IN_MESSAGES },
  task_card: { surfaces: IN_MESSAGES },
};

/**
 * Checks `blocks` of a message, an attachment or a view.
 *
 * @param blockIds those of the message or view so far; the ids found are added
 */
export function checkBlocks(
  holder: JsonObject,
  surface: Surface,
  blockIds: Set<string>,
  place: Place,
  required = false,
): void {
  const max = surface === 'message' ? LIMITS.messageBlocks : LIMITS.viewBlocks;
  for (const { item, place: here } of checkList(holder, 'blocks', { min: 0, max, required }, place)) {
    const block = checkObject(item, here);
    if (block === null) continue;
    checkBlockId(block, blockIds, here);
    const type = String(block.type);
    const rule = Object.hasOwn(RULES, type) ? RULES[type] : undefined;
    if (rule === undefined || !rule.surfaces.includes(surface)) {
      here.problems.add(`${here.at}/type`, `unsupported type: ${type}`);
    } else {
      rule.check?.(block, here);
    }
  }
}

function checkBlockId(block: JsonObject, blockIds: Set<string>, place: Place): void {
  checkString(block, 'block_id', { max: LIMITS.blockId }, place);
  if (typeof block.block_id !== 'string' || block.block_id === '') return;
  if (blockIds.has(block.block_id)) {
    place.problems.add(`${place.at}/block_id`, `\`block_id\` ${block.block_id} already exists`);
  }
  blockIds.add(block.block_id);
}

function checkSection(block: JsonObject, place: Place): void {
  if (block.text === undefined && block.fields === undefined) {
    place.problems.add(place.at, 'missing required field: text or fields');
  }
  checkText(block, 'text', { max: LIMITS.sectionText }, place);
  const limit = { max: LIMITS.sectionFields, required: false };
  for (const { item, place: here } of checkList(block, 'fields', limit, place)) {
    checkTextObject(item, { max: LIMITS.sectionField }, here);
  }
  if (block.accessory !== undefined) {
    checkElement(block.accessory, ELEMENTS_OF.section, new Set(), below(place, 'accessory'));
  }
}

function checkContext(block: JsonObject, place: Place): void {
  for (const { item, place: here } of checkList(block, 'elements', { max: LIMITS.contextElements }, place)) {
    const element = checkObject(item, here);
    if (element === null) continue;
    if (element.type === 'image') checkElement(element, ['image'], new Set(), here);
    else checkTextObject(element, { max: LIMITS.text }, here);
  }
}

function checkActions(block: JsonObject, place: Place): void {
  const actionIds = new Set<string>();
  for (const { item, place: here } of checkList(block, 'elements', { max: LIMITS.actionsElements }, place)) {
    checkElement(item, ELEMENTS_OF.actions, actionIds, here);
  }
}

function checkImage(block: JsonObject, place: Place): void {
  checkImageSource(block, place);
  checkString(block, 'alt_text', { max: LIMITS.imageAltText, required: true }, place);
  checkText(block, 'title', { max: LIMITS.imageTitle, plain: true }, place);
}

function checkInput(block: JsonObject, place: Place): void {
  checkText(block, 'label', { max: LIMITS.inputLabel, required: true, plain: true }, place);
  checkText(block, 'hint', { max: LIMITS.inputHint, plain: true }, place);
  if (block.element === undefined) place.problems.add(place.at, 'missing required field: element');
  else checkElement(block.element, ELEMENTS_OF.input, new Set(), below(place, 'element'));
}
