import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { HoldDecision } from '../../domain/alerts/lifecycle.ts';
import type { Micros } from '../../domain/time/micros.ts';
import { act } from '../actions/act.ts';
import { type Command, parseCommand } from '../commands/parse-command.ts';
import { INBOUND, type InboundRequest } from '../http/inbound-request.ts';
import { messageSettings } from '../message-settings.ts';
import { problemReply } from '../messages/command-reply.ts';
import { type AskedAction, done, help } from '../messages/ephemeral.ts';
import { answerAboutAlert } from './answers.ts';
import { answerReading } from './command-reading.ts';
import type { InteractionContext } from './interaction-context.ts';
import { keyOf, type Person, type Whereabouts } from './press.ts';
import { rule } from './ruling.ts';
import { openResolve } from './subject-modals.ts';

export type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/** `/holdfast ...`. Only who typed it reads the answer. */
export async function runCommand(context: InteractionContext, args: CommandArgs): Promise<void> {
  const { command, ack } = args;
  const settings = messageSettings(context.config);
  const answer = (reply: object) => ack({ response_type: 'ephemeral', ...reply });
  const parsed = parseCommand(command.text);
  if (!parsed.ok) {
    context.metrics.interactions.inc({ type: 'command', outcome: 'malformed' });
    await answer(problemReply(parsed.problem, settings));
    return;
  }
  const asked = parsed.command;
  if (asked.name === 'help') {
    await answer(help(settings));
    return;
  }
  if (asked.name === 'list' || asked.name === 'show') {
    await ack();
    context.metrics.interactions.inc({ type: 'command', outcome: 'shown' });
    await answerReading(context, asked, whereaboutsOf(args));
    return;
  }
  await changeByCommand(context, args, changeOf(asked, context.clock.now()));
}

interface AskedChange {
  action: AskedAction;
  alertId: number;
  note: string | null;
  decision: HoldDecision | null;
  snoozedUntil: Micros | null;
}

type Changing = Exclude<Command, { name: 'help' | 'list' | 'show' }>;

function changeOf(asked: Changing, now: Micros): AskedChange {
  const nothing = { alertId: asked.alertId, note: null, decision: null, snoozedUntil: null };
  switch (asked.name) {
    case 'ack':
      return { ...nothing, action: 'ACK', note: asked.note };
    case 'resolve':
      return { ...nothing, action: 'RESOLVE', note: asked.note, decision: asked.decision };
    case 'retry':
      return { ...nothing, action: 'RETRY' };
    case 'snooze':
      return { ...nothing, action: 'SNOOZE', snoozedUntil: now + asked.duration };
    case 'unsnooze':
      return { ...nothing, action: 'UNSNOOZE' };
  }
}

async function changeByCommand(
  context: InteractionContext,
  args: CommandArgs,
  { alertId, ...change }: AskedChange,
): Promise<void> {
  const { command, ack } = args;
  const inbound = args.context[INBOUND] as InboundRequest;
  const { person } = whereaboutsOf(args);
  const request = {
    ...change,
    targets: [{ alertId, version: null }],
    actor: person.name,
    actorId: person.id,
    source: 'slack' as const,
    idempotencyKey: keyOf(person.id, command.trigger_id, command.text),
    requestSignature: inbound.signature,
  };
  const ruling = await rule(context, 'command', person, inbound, () =>
    act(context, request, inbound.deadline),
  );
  if (ruling.kind === 'replayed') {
    inbound.refuseReplay();
    return;
  }
  const outcome = ruling.kind === 'changed' ? ruling.alerts[0]?.outcome : undefined;
  if (outcome === 'refused' && change.action === 'RESOLVE') {
    // It is a hold, and a decision is missing: the modal asks for it.
    await ack();
    await openResolve(context, command.trigger_id, { alertId }, { channel: command.channel_id, ts: null });
    return;
  }
  const reply =
    answerAboutAlert(context, ruling, change.action, alertId, person) ??
    done(change.action, alertId, messageSettings(context.config));
  await ack({ response_type: 'ephemeral', ...reply });
}

function whereaboutsOf({ command }: CommandArgs): Whereabouts {
  const person: Person = { id: command.user_id, name: command.user_name, team: command.team_id || null };
  return { person, channel: command.channel_id, responseUrl: command.response_url };
}
