import { App, type BlockAction, type Receiver, type ViewSubmitAction } from '@slack/bolt';
import { sdkLogger, slackClientOptions } from '../slack-client.ts';
import { decideByPress } from './action-buttons.ts';
import { changeByPress, chooseFromMenu, openResolveByPress, turnPage } from './buttons.ts';
import { runCommand } from './command.ts';
import { refreshHome } from './home.ts';
import type { InteractionContext } from './interaction-context.ts';
import { type Press, type PressArgs, pressOf } from './press.ts';
import { type SubmissionArgs, submitResolve, submitSnooze } from './submissions.ts';

/** Which part of a message does what, by action_id. */
const PRESSES: Readonly<Record<string, (context: InteractionContext, press: Press) => Promise<void>>> = {
  alert_ack: (context, press) => changeByPress(context, press, 'ACK'),
  alert_retry: (context, press) => changeByPress(context, press, 'RETRY'),
  alert_resolve: openResolveByPress,
  alert_more: chooseFromMenu,
  group_ack: (context, press) => changeByPress(context, press, 'ACK'),
  group_retry: (context, press) => changeByPress(context, press, 'RETRY'),
  group_resolve: openResolveByPress,
  group_more: chooseFromMenu,
  group_show: turnPage,
  page_prev: turnPage,
  page_next: turnPage,
  action_approve: (context, press) => decideByPress(context, press, 'APPROVE'),
  action_reject: (context, press) => decideByPress(context, press, 'REJECT'),
};

/** By callback_id. */
const SUBMISSIONS: Readonly<
  Record<string, (context: InteractionContext, args: SubmissionArgs) => Promise<void>>
> = { resolve: submitResolve, snooze: submitSnooze };

/** Bolt, with everything it listens to. It reads requests and hands them on; it calls Slack by itself for nothing. */
export function createBolt(context: InteractionContext, receiver: Receiver): App {
  const { slack } = context.config;
  const bolt = new App({
    receiver,
    authorize: async () => ({ botToken: slack.botToken }),
    clientOptions: slackClientOptions(slack, context.logger),
    logger: sdkLogger(context.logger),
    convoStore: false,
    ignoreSelf: false,
  });
  for (const [actionId, handle] of Object.entries(PRESSES)) {
    bolt.action<BlockAction>(actionId, (args) => handle(context, pressOf(args as PressArgs)));
  }
  for (const [callbackId, handle] of Object.entries(SUBMISSIONS)) {
    bolt.view<ViewSubmitAction>(callbackId, (args) => handle(context, args));
  }
  bolt.command('/holdfast', (args) => runCommand(context, args));
  bolt.event('app_home_opened', async ({ event }) => {
    context.metrics.interactions.inc({ type: 'home', outcome: 'shown' });
    if (event.tab === 'home') await refreshHome(context, event.user);
  });
  bolt.error(async (error) => {
    context.logger.error({ problem: error.message }, 'a request of Slack could not be handled');
  });
  return bolt;
}
