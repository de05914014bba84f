import { ApiError } from '../api-error.ts';
import { type Answered, deliver, unusable } from '../deliver/deliver.ts';
import { valuesOf } from '../element-values.ts';
import { isObject, type JsonObject, objectsOf } from '../json.ts';
import { LIMITS } from '../limits/limits.ts';
import { checkView } from '../limits/view.ts';
import type { Standin } from '../standin.ts';
import type { OpenView, Submission, SubmitDelivery } from '../standin-types.ts';
import { replacement, viewAbove } from '../web-api/views.ts';
import { payloadOf, sendCopies } from './envelope.ts';
import { theModal, theUser } from './lookups.ts';

/**
 * Presses the submit button of a modal, and does what the app answers: errors at its blocks, another view in its place
 * or on top, all views closed, or just this one.
 *
 * @throws {Refusal} when the user has no such view
 */
export async function submitView(standin: Standin, submission: Submission): Promise<SubmitDelivery> {
  const user = theUser(standin, submission.user_id);
  const opened = theModal(standin, submission.view_id, user.id);
  const values = valuesOf(opened.view, { ...opened.view.state.values, ...submission.values });
  const filled: OpenView = { ...opened, view: { ...opened.view, state: { values } } };
  standin.views.replace(filled);
  const answered = await sendCopies(standin, () => {
    const payload = {
      ...payloadOf(standin, 'view_submission', user),
      trigger_id: standin.triggers.issue(user.id),
      view: filled.view,
      response_urls: [],
    };
    return deliver(standin, { type: 'interactive', payload });
  });
  if (!answered.delivery.delivered) return answered.delivery;
  return obey(standin, filled, answered);
}

/** https://docs.slack.dev/surfaces/modals#close_current_view and following: response_action. */
function obey(standin: Standin, opened: OpenView, answered: Answered): SubmitDelivery {
  const { delivery, answer } = answered;
  if (answer === undefined) {
    standin.views.close(opened.id);
    return delivery;
  }
  if (!isObject(answer)) return unusable(answered);
  try {
    const errors = perform(standin, opened, answer);
    if (errors === 'unusable') return unusable(answered);
    return errors === null ? delivery : { ...delivery, errors };
  } catch (error) {
    if (error instanceof ApiError) return unusable(answered);
    throw error;
  }
}

function perform(
  standin: Standin,
  opened: OpenView,
  answer: JsonObject,
): Record<string, string> | 'unusable' | null {
  switch (answer.response_action) {
    case 'errors':
      return errorsFor(opened, answer.errors) ?? 'unusable';
    case 'clear':
      standin.views.closeAllOf(opened.user_id);
      return null;
    case 'update': {
      const view = replacement(standin, checkView(answer.view, 'modal'), opened.view);
      standin.views.replace({ ...opened, view });
      return null;
    }
    case 'push': {
      if (standin.views.stackOf(opened.user_id).length >= LIMITS.viewStack) return 'unusable';
      const view = viewAbove(standin, checkView(answer.view, 'modal'), opened.view);
      standin.views.push({ id: view.id, user_id: opened.user_id, view });
      return null;
    }
    default:
      return 'unusable';
  }
}

/** Slack shows errors only where each belongs to an input block; otherwise the submission fails as a whole. */
function errorsFor(opened: OpenView, errors: unknown): Record<string, string> | null {
  if (!isObject(errors) || Object.keys(errors).length === 0) return null;
  const inputs = objectsOf(opened.view.blocks).filter(({ type }) => type === 'input');
  const ids = new Set(inputs.map((block) => block.block_id));
  const sound = Object.entries(errors).every(([id, text]) => ids.has(id) && typeof text === 'string');
  return sound ? (errors as Record<string, string>) : null;
}
