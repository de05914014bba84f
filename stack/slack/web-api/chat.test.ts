import type { KnownBlock } from '@slack/types';
import { expect, it } from 'vitest';
import { errorOf, standinForTest, webClient } from '../testing/standin-for-test.ts';

const CHANNEL = 'C0HOLDFAST';
const blocks: KnownBlock[] = [{ type: 'section', text: { type: 'mrkdwn', text: 'A block' } }];

it('posts by id or name, as the bot, with its metadata and a block_id', async () => {
  const { standin, web } = await standinForTest();
  const metadata = { event_type: 'alert', event_payload: { alert_id: 7 } };
  const posted = await web.chat.postMessage({
    channel: '#holdfast',
    text: 'Hello <@U0KIM>',
    blocks,
    metadata,
  });
  expect(posted).toMatchObject({ ok: true, channel: CHANNEL, message: { user: 'U0HOLDFAST', metadata } });
  expect(standin.state().messages).toMatchObject([
    { channel: CHANNEL, ts: posted.ts, text: 'Hello <@U0KIM>', mentions: ['<@U0KIM>'], metadata },
  ]);
  expect(posted.message?.blocks?.[0]?.block_id).toMatch(/^.{5}$/);
});

it('gives every message a ts of its own, in the order of the posts', async () => {
  const { web } = await standinForTest();
  const posts = await Promise.all(
    Array.from({ length: 40 }, (_, n) => web.chat.postMessage({ channel: CHANNEL, text: `${n}` })),
  );
  expect(new Set(posts.map(({ ts }) => ts)).size).toBe(40);
  const { messages } = await web.conversations.history({ channel: CHANNEL });
  const history = messages?.map(({ ts }) => ts) ?? [];
  expect(history).toEqual(history.toSorted().reverse());
});

it('keeps what an update leaves out, and removes what it empties', async () => {
  const { standin, web } = await standinForTest();
  const metadata = { event_type: 'alert', event_payload: { alert_id: 7 } };
  const { ts = '' } = await web.chat.postMessage({ channel: CHANNEL, text: 'old', blocks, metadata });
  await web.chat.update({ channel: CHANNEL, ts, text: 'new' });
  expect(standin.state().messages[0]).toMatchObject({ text: 'new', blocks, metadata, edited: {} });
  await web.chat.update({ channel: CHANNEL, ts, text: 'new', blocks: [], metadata: {} as never });
  const [message] = standin.state().messages;
  expect([message?.blocks, message?.metadata]).toEqual([undefined, undefined]);
});

it.each([
  ['no token', '', 'not_authed'],
  ['another token', 'xoxb-other', 'invalid_auth'],
  ['an app-level token', 'xapp-test', 'not_allowed_token_type'],
])('refuses %s', async (_what, token, error) => {
  const { standin } = await standinForTest();
  expect(
    await errorOf(webClient(standin.apiUrl, token).chat.postMessage({ channel: CHANNEL, text: 'x' })),
  ).toBe(error);
  expect(standin.state().messages).toEqual([]);
});

it('says what is wrong with a post', async () => {
  const { standin, web } = await standinForTest();
  const post = (more: object) => errorOf(web.chat.postMessage({ channel: CHANNEL, text: 'x', ...more }));
  expect(await post({ channel: 'C0NONE' })).toBe('channel_not_found');
  expect(await post({ text: '' })).toBe('no_text');
  expect(await post({ blocks: [{ type: 'nothing' }] })).toBe('invalid_blocks');
  expect(await post({ blocks: '{' })).toBe('invalid_blocks_format');
  expect(await post({ attachments: [{ blocks: [{ type: 'nothing' }] }] })).toBe('invalid_attachments');
  expect(await post({ thread_ts: '1.000000' })).toBe('thread_not_found');
  standin.archive(CHANNEL, true);
  expect(await post({})).toBe('is_archived');
  standin.archive(CHANNEL, false);
  expect(await post({})).toBe('none');
  expect(await errorOf(web.apiCall('chat.shout'))).toBe('unknown_method');
});

it('says what is wrong with an update or a removal', async () => {
  const { standin, web } = await standinForTest();
  const { ts = '' } = await web.chat.postMessage({ channel: CHANNEL, text: 'x' });
  const human = standin.post({ user_id: 'U0KIM', channel: CHANNEL, text: 'x' });
  const whisper = await web.chat.postEphemeral({ channel: CHANNEL, user: 'U0KIM', text: 'x' });
  const update = (more: object) => errorOf(web.chat.update({ channel: CHANNEL, ts, text: 'y', ...more }));
  expect(await update({ channel: 'C0SRE' })).toBe('message_not_found');
  expect(await update({ ts: '1.000000' })).toBe('message_not_found');
  expect(await update({ ts: whisper.message_ts })).toBe('message_not_found');
  expect(await update({ ts: human.ts })).toBe('cant_update_message');
  expect(await errorOf(web.chat.delete({ channel: CHANNEL, ts: human.ts }))).toBe('cant_delete_message');
  standin.archive(CHANNEL, true);
  expect(await update({})).toBe('is_inactive');
  standin.archive(CHANNEL, false);
  await web.chat.delete({ channel: CHANNEL, ts });
  expect(await update({})).toBe('message_not_found');
});

it('whispers to one user, whom it must know', async () => {
  const { standin, web } = await standinForTest();
  await web.chat.postEphemeral({ channel: CHANNEL, user: 'U0LEE', text: 'only you' });
  expect(standin.state().messages).toMatchObject([{ ephemeral_to: 'U0LEE', text: 'only you' }]);
  expect((await web.conversations.history({ channel: CHANNEL })).messages).toEqual([]);
  const stranger = web.chat.postEphemeral({ channel: CHANNEL, user: 'U0NONE', text: 'x' });
  expect(await errorOf(stranger)).toBe('user_not_in_channel');
});

it('limits posts by channel and updates by themselves: 429 with Retry-After', async () => {
  const now = 1_700_000_000_000;
  const { web, standin } = await standinForTest({
    postsPerSecond: 0.5,
    postBurst: 2,
    updatesPerMinute: 6,
    updateBurst: 1,
    now: () => now,
  });
  const post = (channel: string) => web.chat.postMessage({ channel, text: 'x' });
  const { ts = '' } = await post(CHANNEL);
  await post(CHANNEL);
  await expect(post(CHANNEL)).rejects.toMatchObject({
    code: 'slack_webapi_rate_limited_error',
    retryAfter: 2,
  });
  await post('C0SRE');
  await web.chat.update({ channel: CHANNEL, ts, text: 'y' });
  await expect(web.chat.update({ channel: CHANNEL, ts, text: 'z' })).rejects.toMatchObject({
    retryAfter: 10,
  });
  expect(standin.callCounts()).toEqual({
    'chat.postMessage': { ok: 3, ratelimited: 1 },
    'chat.update': { ok: 1, ratelimited: 1 },
  });
  expect(standin.state().calls.map(({ channel }) => channel)).toEqual([
    CHANNEL,
    CHANNEL,
    CHANNEL,
    'C0SRE',
    CHANNEL,
    CHANNEL,
  ]);
});
