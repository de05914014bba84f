import type {
  AckFn,
  AllMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewResponseAction,
  ViewSubmitAction,
} from '@slack/bolt';
import { act, actOnGroup } from '../actions/act.ts';
import type { Decision } from '../actions/decide.ts';
import { INBOUND, type InboundRequest } from '../http/inbound-request.ts';
import { messageSettings } from '../message-settings.ts';
import type { AskedAction } from '../messages/ephemeral.ts';
import type { ModalMetadata } from '../messages/modal.ts';
import {
  readModalMetadata,
  readResolve,
  readSnooze,
  resolutionNote,
  type ViewValues,
} from '../messages/modals.ts';
import type { ChangeRequest } from '../sql/change-alerts.ts';
import { answerAboutAlert, answerAboutGroup } from './answers.ts';
import { refreshHome } from './home.ts';
import type { InteractionContext } from './interaction-context.ts';
import { keyOf, type Person } from './press.ts';
import { rule } from './ruling.ts';
import { noticeModal } from './simple-modals.ts';
import { whisper } from './whisper.ts';

export type SubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** A modal that was filled in and sent. */
interface Submission {
  person: Person;
  view: SubmissionArgs['view'];
  metadata: ModalMetadata;
  inbound: InboundRequest;
  acknowledge: AckFn<ViewResponseAction>;
}

/** Resolves what the modal is about, as the person has decided. */
export async function submitResolve(context: InteractionContext, args: SubmissionArgs): Promise<void> {
  const submission = submissionOf(context, args);
  if (submission === null) return;
  const settings = messageSettings(context.config);
  const read = readResolve(valuesOf(submission), settings);
  if (!read.ok) {
    await submission.acknowledge({ response_action: 'errors', errors: read.errors });
    return;
  }
  await change(context, submission, 'RESOLVE', {
    decision: read.decision,
    note: resolutionNote(read, settings),
  });
}

export async function submitSnooze(context: InteractionContext, args: SubmissionArgs): Promise<void> {
  const submission = submissionOf(context, args);
  if (submission === null) return;
  const read = readSnooze(valuesOf(submission), messageSettings(context.config), context.clock.now());
  if (!read.ok) {
    await submission.acknowledge({ response_action: 'errors', errors: read.errors });
    return;
  }
  await change(context, submission, 'SNOOZE', { snoozedUntil: read.until });
}

async function change(
  context: InteractionContext,
  submission: Submission,
  action: AskedAction,
  what: Pick<ChangeRequest, 'decision' | 'note' | 'snoozedUntil'>,
): Promise<void> {
  const { person, metadata, inbound, view } = submission;
  const request: Omit<ChangeRequest, 'targets'> = {
    ...what,
    action,
    actor: person.name,
    actorId: person.id,
    source: 'slack',
    // What was entered counts: after an error the same modal may be sent again with something else.
    idempotencyKey: keyOf(person.id, view.id, action, JSON.stringify(view.state.values)),
    requestSignature: inbound.signature,
  };
  const ruling = await rule(context, 'modal', person, inbound, () =>
    decision(context, metadata, request, inbound),
  );
  if (ruling.kind === 'replayed') {
    inbound.refuseReplay();
    return;
  }
  const isGroup = 'm' in metadata;
  const answer = isGroup
    ? answerAboutGroup(context, ruling, action)
    : answerAboutAlert(context, ruling, action, metadata.alerts[0]?.a ?? 0, person);
  if (ruling.kind === 'away' || ruling.kind === 'unanswered') {
    // The modal stays as it was filled in, to be sent again.
    await submission.acknowledge({
      response_action: 'errors',
      errors: { [lastInput(view)]: answer?.text ?? '' },
    });
    return;
  }
  if (answer !== null && !(isGroup && ruling.kind === 'changed')) {
    const words = { title: view.title.text, close: view.close?.text ?? 'OK' };
    await submission.acknowledge({ response_action: 'update', view: noticeModal(words, answer) });
    return;
  }
  await submission.acknowledge();
  await Promise.all([
    answer === null
      ? undefined
      : whisper(context, { person, channel: metadata.channel, responseUrl: null }, answer),
    metadata.channel === null ? refreshHome(context, person.id) : undefined,
  ]);
}

function decision(
  context: InteractionContext,
  metadata: ModalMetadata,
  request: Omit<ChangeRequest, 'targets'>,
  { deadline }: InboundRequest,
): Promise<Decision> {
  if ('m' in metadata) return actOnGroup(context, metadata.m, request, deadline);
  const targets = metadata.alerts.map(({ a, v }) => ({ alertId: a, version: v }));
  return act(context, { ...request, targets }, deadline);
}

/** Null where the modal is none of ours; Slack then shows that it did not work. */
function submissionOf(
  { logger }: InteractionContext,
  { body, view, ack, context }: SubmissionArgs,
): Submission | null {
  const metadata = readModalMetadata(view.private_metadata);
  if (metadata === null) {
    logger.warn({ callbackId: view.callback_id }, 'a modal says nothing of what it is about');
    return null;
  }
  return {
    person: { id: body.user.id, name: body.user.name, team: body.user.team_id ?? null },
    view,
    metadata,
    inbound: context[INBOUND] as InboundRequest,
    acknowledge: ack as AckFn<ViewResponseAction>,
  };
}

function valuesOf({ view }: Submission): ViewValues {
  return view.state.values as ViewValues;
}

/** Slack shows errors only below inputs. */
function lastInput(view: SubmissionArgs['view']): string {
  return view.blocks.findLast((block) => block.type === 'input')?.block_id ?? '';
}
