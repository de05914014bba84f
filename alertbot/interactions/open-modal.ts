import type { ModalView } from '@slack/types';
import { messageOf } from '../../platform/errors/classify.ts';
import { messageSettings } from '../message-settings.ts';
import { databaseAway } from '../messages/ephemeral.ts';
import type { InteractionContext } from './interaction-context.ts';
import type { Press } from './press.ts';
import { loadingModal, type ModalWords, noticeModal } from './simple-modals.ts';

/**
 * Opens a modal at once, then fills it with what `load` has from the database; says so in it when the database is away.
 * Never fails.
 */
export async function openModal(
  context: InteractionContext,
  triggerId: string,
  words: ModalWords,
  load: () => Promise<ModalView>,
): Promise<void> {
  const loading = loaded(context, words, load);
  try {
    const { view } = await context.slack.views.open({ trigger_id: triggerId, view: loadingModal(words) });
    if (view?.id !== undefined) await context.slack.views.update({ view_id: view.id, view: await loading });
  } catch (error) {
    context.logger.warn({ problem: messageOf(error) }, 'a modal could not be shown');
  }
}

/** Shows another page, or another state, in the modal that a press came from. Never fails. */
export async function updateModal(
  context: InteractionContext,
  press: Press,
  words: ModalWords,
  load: () => Promise<ModalView>,
): Promise<void> {
  if (press.view === null) return;
  try {
    await context.slack.views.update({ view_id: press.view.id, view: await loaded(context, words, load) });
  } catch (error) {
    context.logger.warn({ problem: messageOf(error) }, 'a modal could not be shown');
  }
}

async function loaded(
  { config, logger }: InteractionContext,
  words: ModalWords,
  load: () => Promise<ModalView>,
): Promise<ModalView> {
  try {
    return await load();
  } catch (error) {
    logger.warn({ err: error }, 'the contents of a modal could not be read');
    return noticeModal(words, databaseAway(messageSettings(config)));
  }
}
