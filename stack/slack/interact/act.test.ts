import type { KnownBlock } from '@slack/types';
import { expect, it } from 'vitest';
import type { Click } from '../standin-types.ts';
import { recordingApp } from '../testing/recording-app.ts';
import { standinForTest } from '../testing/standin-for-test.ts';

const CHANNEL = 'C0HOLDFAST';
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });
const blocks: KnownBlock[] = [
  {
    type: 'actions',
    block_id: 'b',
    elements: [
      { type: 'button', action_id: 'ack', text: plain('ACK'), value: '7' },
      { type: 'static_select', action_id: 'pick', options: [option('one'), option('two')] },
    ],
  },
];

async function posted(message: object = { blocks }) {
  const { standin, web } = await standinForTest();
  const app = await recordingApp(standin);
  const { ts = '' } = await web.chat.postMessage({ channel: CHANNEL, text: 'Alert', ...message });
  const click = (more: Partial<Click> = {}) =>
    standin.act({
      user_id: 'U0KIM',
      channel: '#holdfast',
      message_ts: ts,
      block_id: 'b',
      action_id: 'ack',
      ...more,
    });
  return { standin, web, app, ts, click };
}

it('tells the app who clicked what where, and what it may do with it', async () => {
  const { standin, app, ts, click } = await posted();
  expect(await click()).toMatchObject({ delivered: true, status: 200 });
  expect(app.received).toMatchObject([
    {
      type: 'block_actions',
      user: { id: 'U0KIM', username: 'kim', team_id: 'T0HOLDFAST' },
      api_app_id: 'A0HOLDFAST',
      team: { id: 'T0HOLDFAST' },
      channel: { id: CHANNEL, name: 'holdfast' },
      container: { type: 'message', message_ts: ts, channel_id: CHANNEL, is_ephemeral: false },
      message: { ts, text: 'Alert', user: 'U0HOLDFAST', blocks },
      state: { values: { b: { pick: { type: 'static_select', selected_option: null } } } },
      actions: [{ type: 'button', block_id: 'b', action_id: 'ack', value: '7', text: plain('ACK') }],
    },
  ]);
  expect(app.received[0]?.response_url).toMatch(`${standin.url}/response/`);
});

it('reports a choice in the action and in the state', async () => {
  const { app, click } = await posted();
  await click({ action_id: 'pick', selected_option: 'two' });
  expect(app.received).toMatchObject([
    {
      actions: [{ action_id: 'pick', selected_option: option('two') }],
      state: { values: { b: { pick: { selected_option: option('two') } } } },
    },
  ]);
});

it('names the attachment a button is in', async () => {
  const { app, click } = await posted({ attachments: [{ text: 'x' }, { color: '#d00', blocks }] });
  await click();
  expect(app.received).toMatchObject([{ container: { type: 'message_attachment', attachment_id: 2 } }]);
});

it('a whisper is clicked by whom it is for, and its message is not in the payload', async () => {
  const { standin, web, app } = await posted();
  const { message_ts = '' } = await web.chat.postEphemeral({
    channel: CHANNEL,
    user: 'U0KIM',
    text: 'x',
    blocks,
  });
  const click = (user_id: string) =>
    standin.act({ user_id, channel: CHANNEL, message_ts, block_id: 'b', action_id: 'ack' });
  await expect(click('U0LEE')).rejects.toMatchObject({ status: 404, code: 'message_not_found' });
  await click('U0KIM');
  expect(app.received).toMatchObject([{ container: { is_ephemeral: true } }]);
  expect(app.received[0]?.message).toBeUndefined();
});

it.each<[string, Partial<Click>, string]>([
  ['another button', { action_id: 'none' }, 'element_not_found'],
  ['another block', { block_id: 'none' }, 'element_not_found'],
  ['another message', { message_ts: '1.000000' }, 'message_not_found'],
  ['the same ts in another channel', { channel: 'C0SRE' }, 'message_not_found'],
  ['another channel', { channel: 'C0NONE' }, 'channel_not_found'],
  ['nobody', { user_id: 'U0NONE' }, 'user_not_found'],
  ['a view that is not open', { view_id: 'V0NONE' }, 'view_not_found'],
])('cannot be done: %s', async (_what, more, code) => {
  const { app, click } = await posted();
  await expect(click(more)).rejects.toMatchObject({ status: 404, code });
  expect(app.received).toEqual([]);
});

it('a status other than 2xx is a failure of the app', async () => {
  const { app, click } = await posted();
  app.answer = { status: 500, body: '' };
  expect(await click()).toMatchObject({ delivered: false, error: 'dispatch_failed', status: 500 });
});

it('a response_url replaces, deletes, whispers and speaks up, five times', async () => {
  const { standin, app, ts, click } = await posted();
  await click();
  const url = String(app.received[0]?.response_url);
  const respond = async (body: object) =>
    (
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).status;
  const messages = () =>
    standin.state().messages.map(({ text, ephemeral_to }) => [text, ephemeral_to ?? null]);
  expect(await respond({ text: 'changed', replace_original: true })).toBe(200);
  expect(messages()).toEqual([['changed', null]]);
  expect(standin.state().messages[0]?.ts).toBe(ts);
  expect(await respond({ text: 'psst' })).toBe(200);
  expect(await respond({ text: 'hear', response_type: 'in_channel' })).toBe(200);
  expect(await respond({ blocks: [{ type: 'nothing' }] })).toBe(400);
  expect(await respond({ delete_original: true })).toBe(200);
  expect(messages()).toEqual([
    ['psst', 'U0KIM'],
    ['hear', null],
  ]);
  expect(await respond({ text: 'once more' })).toBe(404);
  expect(standin.callCounts().response_url).toEqual({ ok: 4, invalid_blocks: 1, used_url: 1 });
});
