import { act, actOnGroup } from '../actions/act.ts';
import type { AskedAction } from '../messages/ephemeral.ts';
import { readActionsBlock, readTarget } from '../messages/targets.ts';
import type { ChangeRequest } from '../sql/change-alerts.ts';
import { answerAboutAlert, answerAboutGroup } from './answers.ts';
import { refreshHome } from './home.ts';
import type { InteractionContext } from './interaction-context.ts';
import type { Press } from './press.ts';
import { type InteractionType, rule } from './ruling.ts';
import { openEvidence, openResolve, openSnooze, showMembers } from './subject-modals.ts';
import { whisper } from './whisper.ts';

/** ACK, RETRY and the end of a snooze: committed, then acknowledged, then whatever else has to be said. */
export async function changeByPress(
  context: InteractionContext,
  press: Press,
  action: AskedAction,
  type: InteractionType = 'button',
): Promise<void> {
  const subject = subjectOf(press);
  if (subject === null) return malformed(context, press);
  const request: Omit<ChangeRequest, 'targets'> = {
    action,
    actor: press.person.name,
    actorId: press.person.id,
    source: 'slack',
    idempotencyKey: press.idempotencyKey,
    requestSignature: press.inbound.signature,
  };
  const { deadline } = press.inbound;
  const ruling = await rule(context, type, press.person, press.inbound, () =>
    'messageId' in subject
      ? actOnGroup(context, subject.messageId, request, deadline)
      : act(context, { ...request, targets: [subject] }, deadline),
  );
  if (ruling.kind === 'replayed') {
    press.inbound.refuseReplay();
    return;
  }
  await press.acknowledge();
  const answer =
    'messageId' in subject
      ? answerAboutGroup(context, ruling, action)
      : answerAboutAlert(context, ruling, action, subject.alertId, press.person);
  await Promise.all([
    answer === null ? undefined : whisper(context, press, answer),
    press.view?.type === 'home' ? refreshHome(context, press.person.id) : undefined,
  ]);
}

export async function openResolveByPress(context: InteractionContext, press: Press): Promise<void> {
  await openForOperator(context, press, openResolve);
}

/** The menu beside the buttons. Links open by themselves and only want to be acknowledged. */
export async function chooseFromMenu(context: InteractionContext, press: Press): Promise<void> {
  switch (press.value) {
    case 'snooze':
      return openForOperator(context, press, openSnooze);
    case 'unsnooze':
      return changeByPress(context, press, 'UNSNOOZE', 'menu');
    case 'evidence': {
      const subject = subjectOf(press);
      if (subject === null || 'messageId' in subject) return malformed(context, press);
      await press.acknowledge();
      context.metrics.interactions.inc({ type: 'menu', outcome: 'shown' });
      return openEvidence(context, press, subject.alertId);
    }
    default:
      await press.acknowledge();
  }
}

/** Shows the members of a group: the first page, or the one that the button leads to. */
export async function turnPage(context: InteractionContext, press: Press): Promise<void> {
  const target = readTarget(press.value);
  if (target === null || 'a' in target) return malformed(context, press);
  await press.acknowledge();
  context.metrics.interactions.inc({ type: 'button', outcome: 'shown' });
  await showMembers(context, press, target.m, 'p' in target ? Math.max(1, target.p) : 1);
}

async function openForOperator(
  context: InteractionContext,
  press: Press,
  open: typeof openResolve,
): Promise<void> {
  const subject = subjectOf(press);
  if (subject === null) return malformed(context, press);
  await press.acknowledge();
  const may = context.operators.mayAct(press.person);
  if (may === 'yes') {
    context.metrics.interactions.inc({ type: 'button', outcome: 'shown' });
    return open(context, press.triggerId, subject, press.origin);
  }
  context.metrics.interactions.inc({ type: 'button', outcome: 'forbidden' });
  const answer = answerAboutAlert(context, { kind: 'forbidden', may }, 'RESOLVE', 0, press.person);
  if (answer !== null) await whisper(context, press, answer);
}

/** What a press is about: in the value of a button; for an entry of a menu, in the id of its row. */
function subjectOf(press: Press): { alertId: number; version: number | null } | { messageId: number } | null {
  const target = readTarget(press.value);
  if (target !== null)
    return 'a' in target ? { alertId: target.a, version: target.v } : { messageId: target.m };
  const row = readActionsBlock(press.blockId);
  if (row === null) return null;
  return 'alertId' in row ? { alertId: row.alertId, version: null } : row;
}

/** A button that an older version of this program has made. Without an acknowledgement Slack shows a warning. */
function malformed({ logger, metrics }: InteractionContext, press: Press): void {
  metrics.interactions.inc({ type: 'button', outcome: 'malformed' });
  logger.warn({ action: press.actionId, value: press.value }, 'a button carries nothing that can be read');
}
