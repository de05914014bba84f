import type { ModalView } from '@slack/types';
import { nextStatus } from '../../domain/alerts/lifecycle.ts';
import { messageSettings } from '../message-settings.ts';
import type { AlertView, GroupView } from '../messages/alert-view.ts';
import { doneElsewhere, unknownAlert } from '../messages/ephemeral.ts';
import type { ModalOrigin } from '../messages/modal.ts';
import { evidenceModal, membersModal, resolveModal, snoozeModal } from '../messages/modals.ts';
import { loadAlertViews } from '../sql/load-alert-views.ts';
import { textsOf } from '../texts/texts-of.ts';
import type { InteractionContext } from './interaction-context.ts';
import { loadGroupView } from './load-group-view.ts';
import { loadMembersPage } from './load-members-page.ts';
import { openModal, updateModal } from './open-modal.ts';
import type { Press } from './press.ts';
import { type ModalWords, noticeModal } from './simple-modals.ts';

/** An alert, or the group of a message. */
export type Subject = { alertId: number } | { messageId: number };

/** Asks how and why a subject is resolved. */
export function openResolve(
  context: InteractionContext,
  triggerId: string,
  subject: Subject,
  origin: ModalOrigin,
): Promise<void> {
  const { title, cancel: close } = textsOf(context.config).resolveModal;
  const words = { title, close };
  return openModal(context, triggerId, words, () =>
    aboutSubject(context, words, subject, 'RESOLVE', (view) =>
      resolveModal(view, origin, messageSettings(context.config)),
    ),
  );
}

/** Asks until when a subject is not to be spoken of. */
export function openSnooze(
  context: InteractionContext,
  triggerId: string,
  subject: Subject,
  origin: ModalOrigin,
): Promise<void> {
  const { title, cancel: close } = textsOf(context.config).snoozeModal;
  const words = { title, close };
  return openModal(context, triggerId, words, () =>
    aboutSubject(context, words, subject, 'SNOOZE', (view) =>
      snoozeModal(view, origin, messageSettings(context.config), context.clock.now()),
    ),
  );
}

/** Shows all that is known of an alert. */
export function openEvidence(context: InteractionContext, press: Press, alertId: number): Promise<void> {
  const { title, close } = textsOf(context.config).evidenceModal;
  const settings = messageSettings(context.config);
  return openModal(context, press.triggerId, { title, close }, async () => {
    const [view] = await loadAlertViews(context.database, [alertId], context.clock.now());
    return view === undefined
      ? noticeModal({ title, close }, unknownAlert(alertId, settings))
      : evidenceModal(view, press.origin, settings);
  });
}

/** Shows a group's members: in a new modal, or another page in the one that is open. */
export function showMembers(
  context: InteractionContext,
  press: Press,
  messageId: number,
  page: number,
): Promise<void> {
  const { title, close } = textsOf(context.config).membersModal;
  const load = async () =>
    membersModal(
      await loadMembersPage(context.database, messageId, page, context.clock.now()),
      press.origin,
      messageSettings(context.config),
    );
  return press.view?.type === 'modal'
    ? updateModal(context, press, { title, close }, load)
    : openModal(context, press.triggerId, { title, close }, load);
}

async function aboutSubject(
  { config, database, clock }: InteractionContext,
  words: ModalWords,
  subject: Subject,
  action: 'RESOLVE' | 'SNOOZE',
  show: (view: AlertView | GroupView) => ModalView,
): Promise<ModalView> {
  const settings = messageSettings(config);
  if ('messageId' in subject) {
    const group = await loadGroupView(database, subject.messageId, clock.now());
    return group === null ? noticeModal(words, unknownAlert(subject.messageId, settings)) : show(group);
  }
  const [view] = await loadAlertViews(database, [subject.alertId], clock.now());
  if (view === undefined) return noticeModal(words, unknownAlert(subject.alertId, settings));
  const possible = nextStatus(view.status, action) !== null;
  return possible ? show(view) : noticeModal(words, doneElsewhere(view, settings, clock.now()));
}
