import { ApiError } from '../api-error.ts';
import { isObject, type JsonObject, objectsOf } from '../json.ts';
import { checkBlocks } from './blocks.ts';
import { checkString, type Place } from './checks.ts';
import { checkText } from './composition.ts';
import { LIMITS } from './limits.ts';
import { Problems } from './problems.ts';

/**
 * Checks a modal or an App Home: https://docs.slack.dev/reference/views.
 *
 * @throws {ApiError} invalid_arguments or view_too_large
 */
export function checkView(view: unknown, type: 'modal' | 'home'): JsonObject {
  const problems = new Problems();
  const place: Place = { at: '/view', problems };
  if (!isObject(view)) {
    problems.add(place.at, 'must be an object');
    throw ApiError.of('invalid_arguments', problems);
  }
  if (Buffer.byteLength(JSON.stringify(view)) > LIMITS.viewBytes) throw new ApiError('view_too_large');
  if (view.type !== type) problems.add('/view/type', `must be ${type}`);
  checkBlocks(view, type, new Set(), place, true);
  checkString(view, 'private_metadata', { max: LIMITS.privateMetadata }, place);
  checkString(view, 'callback_id', { max: LIMITS.callbackId }, place);
  checkString(view, 'external_id', { max: LIMITS.externalId }, place);
  if (type === 'modal') checkModal(view, place);
  if (problems.any) throw ApiError.of('invalid_arguments', problems);
  return view;
}

function checkModal(view: JsonObject, place: Place): void {
  checkText(view, 'title', { max: LIMITS.viewTitle, required: true, plain: true }, place);
  checkText(view, 'submit', { max: LIMITS.viewSubmit, plain: true }, place);
  checkText(view, 'close', { max: LIMITS.viewClose, plain: true }, place);
  const asks = objectsOf(view.blocks).some((block) => block.type === 'input');
  if (asks && !isObject(view.submit)) {
    place.problems.add(place.at, 'missing required field: submit (there is an input block)');
  }
}
