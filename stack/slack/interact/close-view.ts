import { deliver } from '../deliver/deliver.ts';
import type { Standin } from '../standin.ts';
import type { Delivery } from '../standin-types.ts';
import { payloadOf } from './envelope.ts';
import { theModal, theUser } from './lookups.ts';

/**
 * Closes a modal by its close button; with clear_on_close all of the user's. The app hears of it if it asked to: null
 * when it did not.
 *
 * @throws {Refusal} when the user has no such view
 */
export async function closeView(standin: Standin, userId: string, viewId: string): Promise<Delivery | null> {
  const user = theUser(standin, userId);
  const { view } = theModal(standin, viewId, user.id);
  const all = view.clear_on_close;
  if (all) standin.views.closeAllOf(user.id);
  else standin.views.close(viewId);
  if (!view.notify_on_close) return null;
  const payload = { ...payloadOf(standin, 'view_closed', user), view, is_cleared: all };
  return (await deliver(standin, { type: 'interactive', payload })).delivery;
}
