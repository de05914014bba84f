import { decideOnAction } from '../actions/decide-on-action.ts';
import { messageSettings } from '../message-settings.ts';
import { readActionTarget } from '../messages/action-target.ts';
import { reply } from '../messages/ephemeral.ts';
import { wordsOf } from '../messages/figures.ts';
import { personName } from '../messages/people.ts';
import type { Reply } from '../messages/slack-message.ts';
import type { ActionDecision, DecidedAction } from '../sql/decide-action.ts';
import { textsOf } from '../texts/texts-of.ts';
import { trouble } from './answers.ts';
import type { InteractionContext } from './interaction-context.ts';
import type { Press } from './press.ts';
import { type Ruling, rule } from './ruling.ts';
import { whisper } from './whisper.ts';

/** Approve and Reject below a proposed action: committed, then acknowledged; the message shows what became of it. */
export async function decideByPress(
  context: InteractionContext,
  press: Press,
  decision: ActionDecision,
): Promise<void> {
  const actionId = readActionTarget(press.value);
  if (actionId === null) {
    context.metrics.interactions.inc({ type: 'button', outcome: 'malformed' });
    context.logger.warn({ action: press.actionId }, 'a button carries nothing that can be read');
    return;
  }
  const request = {
    actionId,
    decision,
    actor: press.person.name,
    actorId: press.person.id,
    source: 'slack' as const,
    idempotencyKey: press.idempotencyKey,
    requestSignature: press.inbound.signature,
  };
  const ruling = await rule(context, 'button', press.person, press.inbound, () =>
    decideOnAction(context, request, press.inbound.deadline),
  );
  if (ruling.kind === 'replayed') {
    press.inbound.refuseReplay();
    return;
  }
  await press.acknowledge();
  const answer = answerAboutAction(context, ruling, press.person.id);
  if (answer !== null) await whisper(context, press, answer);
}

/** Null when the message says it all: it was done, or by the same person before. */
function answerAboutAction(
  context: InteractionContext,
  ruling: Ruling<DecidedAction>,
  personId: string,
): Reply | null {
  if (ruling.kind !== 'changed') return trouble(context, ruling);
  const texts = textsOf(messageSettings(context.config));
  const { replies, actions, statuses } = texts.incidents;
  const decided = ruling.alerts[0];
  if (decided === undefined || decided.outcome === 'unknown') return reply(replies.unknown);
  const name = wordsOf(actions, decided.action ?? '');
  if (decided.outcome === 'expired') return reply(replies.expired(name));
  if (decided.outcome !== 'lost' || decided.decidedById === personId) return null;
  const who = decided.decidedBy === null ? null : personName(decided.decidedBy, texts);
  return reply(replies.lost(name, wordsOf(statuses, decided.status ?? ''), who));
}
