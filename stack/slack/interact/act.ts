import { deliver } from '../deliver/deliver.ts';
import { valuesOf } from '../element-values.ts';
import { type FoundElement, findElement } from '../elements.ts';
import type { JsonObject } from '../json.ts';
import { slackMessage } from '../slack-message.ts';
import type { Standin } from '../standin.ts';
import type {
  Click,
  Delivery,
  StandinMessage,
  StandinUser,
  StandinView,
  ViewValues,
} from '../standin-types.ts';
import { actionOf, stateAfter } from './click-action.ts';
import { payloadOf, responseUrl, sendCopies } from './envelope.ts';
import { theChannel, theMessage, theUser } from './lookups.ts';
import { badRequest, notFound } from './refusal.ts';

/**
 * Uses an element of a message, an open modal or an App Home as a person would, and tells the app.
 *
 * @throws {Refusal} when there is no such element for this user
 */
export async function act(standin: Standin, click: Click): Promise<Delivery> {
  const user = theUser(standin, click.user_id);
  if (click.view_id !== undefined) return actInView(standin, user, click, click.view_id);
  if (click.channel === undefined || click.message_ts === undefined) {
    throw badRequest('Say which message (channel and message_ts) or which view (view_id) was used.');
  }
  const channel = theChannel(standin, click.channel);
  const message = theMessage(standin, channel, click.message_ts, user.id);
  const found = theElement(message, click);
  const action = actionOf(found, click);
  const values = valuesAfter(message, found, action, click.values ?? {});
  return sendCopies(standin, async () => {
    const token = standin.responseUrls.issue({
      channel: channel.id,
      userId: user.id,
      messageTs: message.ts,
    });
    const payload = {
      ...payloadOf(standin, 'block_actions', user),
      container: containerOf(message, found),
      trigger_id: standin.triggers.issue(user.id),
      channel: { id: channel.id, name: channel.name },
      ...(message.ephemeral_to === undefined
        ? { message: slackMessage(standin, message, { metadata: true }) }
        : {}),
      state: { values },
      response_url: responseUrl(standin, token),
      actions: [{ ...action, action_ts: standin.messages.timestamps.next() }],
    };
    return (await deliver(standin, { type: 'interactive', payload })).delivery;
  });
}

async function actInView(
  standin: Standin,
  user: StandinUser,
  click: Click,
  viewId: string,
): Promise<Delivery> {
  const opened = standin.views.get(viewId);
  const shown = opened?.user_id === user.id ? opened.view : homeOf(standin, user.id, viewId);
  if (shown === undefined) throw notFound('view_not_found', `${user.id} sees no view ${viewId}.`);
  const found = theElement(shown, click);
  const action = actionOf(found, click);
  const view = {
    ...shown,
    state: { values: valuesAfter(shown, found, action, { ...shown.state.values, ...click.values }) },
  };
  if (opened === undefined) standin.messages.setHome(user.id, view);
  else standin.views.replace({ ...opened, view });
  return sendCopies(standin, async () => {
    const payload = {
      ...payloadOf(standin, 'block_actions', user),
      container: { type: 'view', view_id: view.id },
      trigger_id: standin.triggers.issue(user.id),
      view,
      actions: [{ ...action, action_ts: standin.messages.timestamps.next() }],
    };
    return (await deliver(standin, { type: 'interactive', payload })).delivery;
  });
}

function homeOf(standin: Standin, userId: string, viewId: string): StandinView | undefined {
  const home = standin.messages.homes.get(userId);
  return home?.id === viewId ? home : undefined;
}

function theElement(content: StandinMessage | StandinView, { block_id, action_id }: Click): FoundElement {
  const found = findElement(content, block_id, action_id);
  if (found !== undefined) return found;
  throw notFound('element_not_found', `There is no element ${action_id} in a block ${block_id}.`);
}

function valuesAfter(
  content: StandinMessage | StandinView,
  found: FoundElement,
  action: JsonObject,
  known: ViewValues,
): ViewValues {
  const values = valuesOf(content, known);
  const changed = stateAfter(found, action);
  if (changed === undefined) return values;
  const blockId = String(found.block.block_id);
  return { ...values, [blockId]: { ...values[blockId], [found.element.action_id]: changed } };
}

function containerOf(message: StandinMessage, { attachmentId }: FoundElement): JsonObject {
  return {
    type: attachmentId === null ? 'message' : 'message_attachment',
    message_ts: message.ts,
    ...(attachmentId === null ? {} : { attachment_id: attachmentId, is_app_unfurl: false }),
    channel_id: message.channel,
    is_ephemeral: message.ephemeral_to !== undefined,
    ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
  };
}
