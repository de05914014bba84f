import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlockAction, ViewSubmitAction } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { describe, expect, it, onTestFinished } from 'vitest';
import { signedRequest } from '../../stack/slack/deliver/sign.ts';
import type { SlackStandin } from '../../stack/slack/start.ts';
import { boltApp, type Transport } from '../../stack/slack/testing/bolt-app.ts';
import {
  BOT_TOKEN,
  errorOf,
  SIGNING_SECRET,
  standinForTest,
  webClient,
} from '../../stack/slack/testing/standin-for-test.ts';
import { freePorts } from '../../stack/start/ports.ts';
import { eventually } from '../support/eventually.ts';

const CHANNEL = 'C0HOLDFAST';
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const buttons: KnownBlock[] = [
  {
    type: 'actions',
    block_id: 'alert',
    elements: [
      { type: 'button', action_id: 'ack', text: plain('ACK'), value: '7' },
      { type: 'button', action_id: 'resolve', text: plain('RESOLVE'), value: '7' },
    ],
  },
];
const resolveView: ModalView = {
  type: 'modal',
  callback_id: 'resolve',
  title: plain('Resolve'),
  submit: plain('Resolve'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'cause',
      label: plain('Cause'),
      element: { type: 'plain_text_input', action_id: 'text' },
    },
  ],
};
const cause = (value: string) => ({ cause: { text: { type: 'plain_text_input', value } } });

const click = (standin: SlackStandin, ts: string | undefined, action_id: string) =>
  standin.act({
    user_id: 'U0KIM',
    channel: CHANNEL,
    message_ts: ts ?? '',
    block_id: 'alert',
    action_id,
  });
const lastText = (standin: SlackStandin) => standin.state().messages.at(-1)?.text;

describe.each<Transport>(['HTTP', 'Socket Mode'])('a Bolt app by %s', (transport) => {
  it('posts, is clicked, updates its message and whispers to who clicked', async () => {
    const { standin, web } = await standinForTest();
    const app = await boltApp(standin, transport);
    app.action<BlockAction>('ack', async ({ ack, body, client, respond }) => {
      await ack();
      const [action] = body.actions as { value?: string }[];
      const { channel, message, user } = body;
      await client.chat.update({
        channel: channel?.id ?? '',
        ts: message?.ts ?? '',
        text: `${action?.value} acknowledged by ${user.username}`,
        attachments: [],
      });
      await respond({ text: 'It is yours now.', replace_original: false });
    });
    const attachments = [{ color: '#d00', blocks: buttons }];
    const { ts } = await web.chat.postMessage({ channel: CHANNEL, text: 'Alert 7', attachments });
    expect(await click(standin, ts, 'ack')).toMatchObject({ delivered: true, status: 200 });
    const [alert, whisper] = await eventually('the whisper', () => {
      const { messages } = standin.state();
      return messages.length === 2 && messages;
    });
    expect(alert).toMatchObject({ ts, text: '7 acknowledged by kim' });
    expect(alert?.attachments).toBeUndefined();
    expect(whisper).toMatchObject({ text: 'It is yours now.', ephemeral_to: 'U0KIM' });
  });

  it('opens a modal, refuses its first submission, takes the second and hears of a closed one', async () => {
    const { standin, web } = await standinForTest();
    const app = await boltApp(standin, transport);
    const heard: string[] = [];
    app.action<BlockAction>('resolve', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: resolveView });
      heard.push(await errorOf(client.views.open({ trigger_id: body.trigger_id, view: resolveView })));
    });
    app.view<ViewSubmitAction>('resolve', async ({ ack, view }) => {
      const text = view.state.values.cause?.text?.value ?? '';
      if (text.length < 5) await ack({ response_action: 'errors', errors: { cause: 'Say more.' } });
      else await ack();
      heard.push(text);
    });
    app.view({ callback_id: 'resolve', type: 'view_closed' }, async ({ ack }) => {
      await ack();
      heard.push('closed');
    });
    const { ts } = await web.chat.postMessage({ channel: CHANNEL, text: 'Alert', blocks: buttons });
    const openModal = async () => {
      await click(standin, ts, 'resolve');
      return (await eventually('the modal', () => standin.state().views.at(-1))).id;
    };
    const view_id = await openModal();
    const submit = (value: string) => standin.submitView({ user_id: 'U0KIM', view_id, values: cause(value) });
    expect(await submit('?')).toMatchObject({ delivered: true, errors: { cause: 'Say more.' } });
    expect(standin.state().views).toMatchObject([{ view: { state: { values: cause('?') } } }]);
    const accepted = await submit('late carrier');
    expect(accepted).toMatchObject({ delivered: true });
    expect(accepted.errors).toBeUndefined();
    expect(standin.state().views).toEqual([]);
    await expect(submit('again')).rejects.toThrow('no open view');

    expect(await standin.closeView('U0KIM', await openModal())).toMatchObject({ delivered: true });
    await eventually('all to be heard', () => heard.length === 5);
    expect(heard.toSorted()).toEqual(
      ['?', 'closed', 'exchanged_trigger_id', 'exchanged_trigger_id', 'late carrier'].toSorted(),
    );
  });

  it('replaces and stacks views as the answer to a submission says', async () => {
    const { standin, web } = await standinForTest();
    const app = await boltApp(standin, transport);
    app.action<BlockAction>('resolve', async ({ ack, body, client }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: resolveView });
    });
    app.view<ViewSubmitAction>('resolve', async ({ ack, view }) => {
      const action = view.state.values.cause?.text?.value ?? '';
      const next: ModalView = { ...resolveView, title: plain(`After ${action}`) };
      if (action === 'clear') await ack({ response_action: 'clear' });
      else if (action === 'long')
        await ack({ response_action: 'update', view: { ...next, title: plain('x'.repeat(25)) } });
      else await ack({ response_action: action === 'push' ? 'push' : 'update', view: next });
    });
    const { ts } = await web.chat.postMessage({ channel: CHANNEL, text: 'Alert', blocks: buttons });
    await click(standin, ts, 'resolve');
    const top = () => eventually('a modal', () => standin.state().views.at(-1));
    const submit = async (value: string) =>
      standin.submitView({ user_id: 'U0KIM', view_id: (await top()).id, values: cause(value) });
    const titles = () => standin.state().views.map(({ view }) => view.title?.text);
    await submit('update');
    expect(titles()).toEqual(['After update']);
    expect((await top()).view.state.values).toEqual(cause('update'));
    await submit('push');
    expect(titles()).toEqual(['After update', 'After push']);
    expect((await top()).view.previous_view_id).toBe(standin.state().views[0]?.id);
    expect(await submit('long')).toMatchObject({ delivered: false, error: 'dispatch_failed' });
    expect(titles()).toEqual(['After update', 'After push']);
    await submit('clear');
    expect(titles()).toEqual([]);
  });

  it('answers a command and fills the App Home', async () => {
    const { standin } = await standinForTest();
    const app = await boltApp(standin, transport);
    app.command('/holdfast', async ({ ack, command, respond }) => {
      await ack(`You said ${command.text}.`);
      await respond({ text: 'For everybody.', response_type: 'in_channel' });
    });
    app.event('app_home_opened', async ({ event, client }) => {
      const blocks: KnownBlock[] = [{ type: 'header', text: plain(`Open alerts of ${event.user}`) }];
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
    });
    const command = { user_id: 'U0KIM', channel: '#sre', command: '/holdfast', text: 'open' };
    expect(await standin.command(command)).toMatchObject({ delivered: true });
    const messages = await eventually('both answers', () => {
      const { messages } = standin.state();
      return messages.length === 2 && messages;
    });
    const byText = new Map(messages.map((message) => [message.text, message]));
    expect(byText.get('You said open.')).toMatchObject({ ephemeral_to: 'U0KIM', from_command: '/holdfast' });
    expect(byText.get('For everybody.')?.ephemeral_to).toBeUndefined();

    expect(await standin.openHome('U0LEE')).toMatchObject({ delivered: true });
    const home = await eventually('the home', () => standin.state().homes.U0LEE);
    expect(home.blocks).toMatchObject([{ text: { text: 'Open alerts of U0LEE' } }]);
  });

  it('gets every copy of a click, each with a trigger of its own', async () => {
    const { standin, web } = await standinForTest();
    const app = await boltApp(standin, transport);
    const triggers = new Set<string>();
    app.action<BlockAction>('ack', async ({ ack, body }) => {
      triggers.add(body.trigger_id);
      await ack();
    });
    const { ts } = await web.chat.postMessage({ channel: CHANNEL, text: 'Alert', blocks: buttons });
    standin.faults.set({ kind: 'duplicate_clicks', times: 50, remaining: 1 });
    await click(standin, ts, 'ack');
    await click(standin, ts, 'ack');
    expect(triggers.size).toBe(51);
    if (transport === 'HTTP') {
      const signatures = standin.deliveries().map(({ headers }) => headers['x-slack-signature']);
      expect(new Set(signatures).size).toBe(51);
    }
  });

  it('that acknowledges too late is reported as Slack would', async () => {
    const { standin, web } = await standinForTest({ deadlineMs: 300 });
    const app = await boltApp(standin, transport);
    app.action('ack', async () => undefined);
    const { ts } = await web.chat.postMessage({ channel: CHANNEL, text: 'Alert', blocks: buttons });
    expect(await click(standin, ts, 'ack')).toMatchObject({ delivered: false, error: 'operation_timeout' });
  });
});

it('an app in Socket Mode comes back when it is asked to connect again', async () => {
  const { standin } = await standinForTest();
  const app = await boltApp(standin, 'Socket Mode');
  app.command('/holdfast', async ({ ack }) => ack('here'));
  standin.refreshSockets();
  await eventually('the old connection to end', () => !standin.socketConnected());
  await eventually('a new connection', () => standin.socketConnected());
  await standin.command({ user_id: 'U0KIM', channel: '#sre', command: '/holdfast', text: '' });
  expect(lastText(standin)).toBe('here');
});

it('an app that is away, or has another secret, gets nothing', async () => {
  const { standin, web } = await standinForTest();
  const { ts } = await web.chat.postMessage({ channel: CHANNEL, text: 'Alert', blocks: buttons });
  const failed = { delivered: false, error: 'dispatch_failed' };
  expect(await click(standin, ts, 'ack')).toMatchObject(failed);
  const [port] = await freePorts(1);
  standin.setRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  expect(await click(standin, ts, 'ack')).toMatchObject(failed);
  const stranger = await standinForTest({ signingSecret: 'another' });
  await boltApp(stranger.standin, 'HTTP');
  const posted = await stranger.web.chat.postMessage({ channel: CHANNEL, text: 'Alert', blocks: buttons });
  expect(await click(stranger.standin, posted.ts, 'ack')).toMatchObject({ ...failed, status: 401 });
});

it('a request URL is verified, and signed requests can be forged, made stale and sent again', async () => {
  const { standin } = await standinForTest();
  const app = await boltApp(standin, 'HTTP');
  let commands = 0;
  app.command('/holdfast', async ({ ack }) => {
    commands += 1;
    await ack();
  });
  expect(await standin.verifyRequestUrl()).toBe(true);
  await standin.command({ user_id: 'U0KIM', channel: '#sre', command: '/holdfast', text: '' });
  const { url, ...sent } = standin.deliveries().at(-1) ?? expect.fail('nothing was sent');
  const seconds = Math.floor(Date.now() / 1000);
  const status = async (request: { body: string }) => (await fetch(url, request)).status;
  expect(await status(sent)).toBe(200);
  expect(await status(signedRequest(sent.body, { secret: SIGNING_SECRET }))).toBe(200);
  expect(commands).toBe(3);
  expect(await status(signedRequest(sent.body, { secret: 'forged' }))).toBe(401);
  expect(await status(signedRequest(sent.body, { secret: SIGNING_SECRET, timestamp: seconds - 400 }))).toBe(
    401,
  );
  expect(await status({ ...sent, body: sent.body.replace('U0KIM', 'U0LEE') })).toBe(401);
  expect(commands).toBe(3);
});

it('a trigger is good for three seconds', async () => {
  let now = Date.now();
  const { standin, web } = await standinForTest({ now: () => now });
  const app = await boltApp(standin, 'Socket Mode');
  const triggers: string[] = [];
  app.action<BlockAction>('ack', async ({ ack, body }) => {
    triggers.push(body.trigger_id);
    await ack();
  });
  const { ts } = await web.chat.postMessage({ channel: CHANNEL, text: 'Alert', blocks: buttons });
  await click(standin, ts, 'ack');
  now += 3_001;
  const [trigger_id = ''] = triggers;
  expect(await errorOf(web.views.open({ trigger_id, view: resolveView }))).toBe('expired_trigger_id');
  expect(await errorOf(web.views.open({ trigger_id: '1.2.3', view: resolveView }))).toBe(
    'invalid_trigger_id',
  );
});

it('a killed program has kept every message it acknowledged', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-standin-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const [port = 0] = await freePorts(1);
  const first = await program(dataDir, port);
  const acknowledged: string[] = [];
  const posting = (async () => {
    for (let n = 0; ; n += 1) {
      const { ts = '' } = await first.web.chat.postMessage({ channel: '#sre', text: `message ${n}` });
      acknowledged.push(ts);
    }
  })().catch(() => undefined);
  await eventually('some messages', () => acknowledged.length >= 5);
  first.kill();
  await posting;
  const second = await program(dataDir, port);
  const { messages = [] } = await second.web.conversations.history({ channel: '#sre' });
  expect(messages.map(({ ts }) => ts)).toEqual(expect.arrayContaining(acknowledged));
  await second.web.chat.update({ channel: '#sre', ts: acknowledged[0] ?? '', text: 'still mine' });
});

/** `stack/slack/main.ts` as a process. */
async function program(dataDir: string, port: number) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'stack/slack/main.ts'], {
    env: {
      PATH: process.env.PATH,
      HOLDFAST_DATA_DIR: dataDir,
      SLACK_STANDIN_PORT: String(port),
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually('the program', async () => (await fetch(`${url}/healthz`)).ok);
  return { web: webClient(`${url}/api/`), kill: () => child.kill('SIGKILL') };
}
