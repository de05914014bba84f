import { createHash } from 'node:crypto';
import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { INBOUND, type InboundRequest } from '../http/inbound-request.ts';
import type { ModalOrigin } from '../messages/modal.ts';

export interface Person {
  /** Slack user id. */
  id: string;
  name: string;
  /** Workspace, or organisation, that the person is of; null where Slack does not say. */
  team: string | null;
}

/** Where to tell one person something that nobody else is to read. */
export interface Whereabouts {
  person: Person;
  channel: string | null;
  /** Takes answers for 30 minutes. */
  responseUrl: string | null;
}

/** A button that was pressed, or an entry of a menu that was chosen. */
export interface Press extends Whereabouts {
  actionId: string;
  blockId: string;
  /** Of the button or of the chosen entry. */
  value: string;
  /** Good for opening one view, for 3 seconds. */
  triggerId: string;
  /** The modal or the App Home it is in; null in a message. */
  view: { id: string; type: string } | null;
  /** Where a modal that it opens belongs to. */
  origin: ModalOrigin;
  /** The same for each delivery of this very press. */
  idempotencyKey: string;
  inbound: InboundRequest;
  acknowledge: () => Promise<void>;
}

export type PressArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

export function pressOf({ body, action, ack, context }: PressArgs): Press {
  const value = chosenValue(action);
  const channel = body.channel?.id ?? null;
  return {
    person: {
      id: body.user.id,
      name: body.user.name ?? body.user.username ?? body.user.id,
      team: body.user.team_id ?? null,
    },
    channel,
    responseUrl: body.response_url || null,
    actionId: action.action_id,
    blockId: action.block_id,
    value,
    triggerId: body.trigger_id,
    view: body.view === undefined ? null : { id: body.view.id, type: body.view.type },
    origin: { channel, ts: body.message?.ts ?? null },
    idempotencyKey: keyOf(body.user.id, action.action_ts, action.block_id, action.action_id, value),
    inbound: context[INBOUND] as InboundRequest,
    acknowledge: () => ack(),
  };
}

function chosenValue(action: PressArgs['action']): string {
  if (action.type === 'overflow') return action.selected_option.value ?? '';
  return action.type === 'button' ? (action.value ?? '') : '';
}

/** Names one thing that one person did. */
export function keyOf(...parts: readonly string[]): string {
  return `slack-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}
