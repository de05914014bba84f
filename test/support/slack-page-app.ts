import { App, type BlockAction, LogLevel } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { SlackStandin } from '../../stack/slack/start.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

/** What a person did, as the app was told: `kim: ack 17`. */
export type Heard = readonly string[];

export const alertBlocks: KnownBlock[] = [
  { type: 'section', text: { type: 'mrkdwn', text: '*FUL-VALID* · order A-1042' } },
  {
    type: 'actions',
    block_id: 'alert',
    elements: [
      { type: 'button', action_id: 'ack', style: 'primary', text: plain('ACK'), value: '17' },
      { type: 'button', action_id: 'resolve', text: plain('RESOLVE'), value: '17' },
      {
        type: 'button',
        action_id: 'retry',
        style: 'danger',
        text: plain('RETRY'),
        value: '17',
        confirm: {
          title: plain('Run it again?'),
          text: plain('The address is checked again.'),
          confirm: plain('Retry'),
          deny: plain('Not now'),
        },
      },
      {
        type: 'overflow',
        action_id: 'more',
        options: [
          { text: plain('Snooze'), value: 'snooze' },
          { text: plain('Evidence'), value: 'evidence' },
        ],
      },
      { type: 'button', action_id: 'never', text: plain('NEVER') },
    ],
  },
];

const modal: ModalView = {
  type: 'modal',
  callback_id: 'resolve',
  notify_on_close: true,
  title: plain('Resolve alert'),
  submit: plain('Resolve'),
  blocks: [
    {
      type: 'input',
      block_id: 'cause',
      label: plain('Cause'),
      element: {
        type: 'static_select',
        action_id: 'value',
        options: [
          { text: plain('Campaign'), value: 'campaign' },
          { text: plain('Fraud'), value: 'fraud' },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'note',
      optional: true,
      label: plain('Note'),
      element: { type: 'plain_text_input', action_id: 'value', multiline: true },
    },
  ],
};

/** A small app under the stand-in, made with Slack's own framework: it says what it heard, and answers as ours would. */
export async function startPageApp(
  standin: SlackStandin,
  secrets: { botToken: string; signingSecret: string },
): Promise<{ heard: Heard; client: App['client']; stop(): Promise<unknown> }> {
  const heard: string[] = [];
  const app = new App({
    token: secrets.botToken,
    signingSecret: secrets.signingSecret,
    clientOptions: { slackApiUrl: standin.apiUrl, retryConfig: { retries: 0 } },
    logLevel: LogLevel.ERROR,
  });

  app.action<BlockAction>('ack', async ({ ack, body, action, client }) => {
    await ack();
    heard.push(`${body.user.id}: ack ${'value' in action ? action.value : ''}`);
    const channel = body.channel?.id ?? '';
    await client.chat.postEphemeral({
      channel,
      user: body.user.id,
      text: 'Already acknowledged by <@U0LEE>.',
    });
  });
  app.action<BlockAction>('retry', async ({ ack, body, client }) => {
    await ack();
    heard.push(`${body.user.id}: retry`);
    const thread = { channel: body.channel?.id ?? '', thread_ts: body.message?.ts ?? '' };
    await client.chat.postMessage({ ...thread, text: 'Retried: *released*' });
  });
  app.action<BlockAction>('more', async ({ ack, body, action }) => {
    await ack();
    heard.push(`${body.user.id}: more ${'selected_option' in action ? action.selected_option?.value : ''}`);
  });
  app.action<BlockAction>('resolve', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: modal });
  });
  app.view('resolve', async ({ ack, view, body }) => {
    const { cause, note } = view.state.values;
    if (!note?.value?.value) {
      await ack({ response_action: 'errors', errors: { note: 'Say what was done.' } });
      return;
    }
    await ack();
    heard.push(`${body.user.id}: resolve ${cause?.value?.selected_option?.value} ${note.value.value}`);
  });
  app.view({ callback_id: 'resolve', type: 'view_closed' }, async ({ ack, body }) => {
    await ack();
    heard.push(`${body.user.id}: closed`);
  });
  app.command('/holdfast', async ({ ack, command }) => {
    heard.push(`${command.user_id}: /holdfast ${command.text}`);
    await ack({ response_type: 'ephemeral', text: '*3* are open' });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    const text = { type: 'mrkdwn' as const, text: `Open alerts of <@${event.user}>` };
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'section', text }] },
    });
  });

  const server = await app.start(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The app does not listen on a port.');
  standin.setRequestUrl(`http://127.0.0.1:${address.port}/slack/events`);
  return { heard, client: app.client, stop: () => app.stop() };
}
