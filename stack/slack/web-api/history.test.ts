import type { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import { errorOf, standinForTest } from '../testing/standin-for-test.ts';

const CHANNEL = 'C0SRE';

async function postAll(web: WebClient, count: number): Promise<string[]> {
  const posted: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const metadata = { event_type: 'alert', event_payload: { n } };
    const { ts = '' } = await web.chat.postMessage({ channel: CHANNEL, text: `message ${n}`, metadata });
    posted.push(ts);
  }
  return posted;
}

it('pages from the newest back, and is not put off by a new message meanwhile', async () => {
  const { web } = await standinForTest();
  const posted = await postAll(web, 7);
  const seen: (string | undefined)[] = [];
  let cursor: string | undefined;
  do {
    const page = await web.conversations.history({
      channel: CHANNEL,
      limit: 3,
      ...(cursor === undefined ? {} : { cursor }),
    });
    seen.push(...(page.messages?.map(({ ts }) => ts) ?? []));
    cursor = page.response_metadata?.next_cursor || undefined;
    expect(page.has_more).toBe(cursor !== undefined);
    await web.chat.postMessage({ channel: CHANNEL, text: 'meanwhile' });
  } while (cursor !== undefined);
  expect(seen).toEqual(posted.toReversed());
});

it('cuts out a range of time, with its bounds when it is inclusive', async () => {
  const { web } = await standinForTest();
  const posted = await postAll(web, 5);
  const [, oldest = '', , latest = ''] = posted;
  const range = async (more: object) =>
    (await web.conversations.history({ channel: CHANNEL, ...more })).messages?.map(({ ts }) => ts);
  expect(await range({ oldest, latest })).toEqual([posted[2]]);
  expect(await range({ oldest, latest, inclusive: true })).toEqual([posted[3], posted[2], posted[1]]);
  expect(await range({ oldest: latest })).toEqual([posted[4]]);
  expect(await errorOf(range({ oldest: 'yesterday' }))).toBe('invalid_ts_oldest');
  expect(await errorOf(range({ cursor: 'made-up' }))).toBe('invalid_cursor');
  expect(await errorOf(range({ limit: 0 }))).toBe('invalid_limit');
});

it('shows metadata when it is asked for', async () => {
  const { web } = await standinForTest();
  await postAll(web, 1);
  const first = async (include_all_metadata: boolean) =>
    (await web.conversations.history({ channel: CHANNEL, include_all_metadata })).messages?.[0];
  expect((await first(true))?.metadata).toEqual({ event_type: 'alert', event_payload: { n: 0 } });
  expect((await first(false))?.metadata).toBeUndefined();
});

it('keeps replies in their thread, unless they are broadcast', async () => {
  const { standin, web } = await standinForTest();
  const [root = ''] = await postAll(web, 1);
  const reply = (text: string, more: object = {}) =>
    web.chat.postMessage({ channel: CHANNEL, thread_ts: root, text, ...more });
  const first = await reply('first');
  await reply('second', { reply_broadcast: true });
  await web.chat.postMessage({ channel: CHANNEL, thread_ts: first.ts ?? '', text: 'to the reply' });
  const texts = (messages?: { text?: string }[]) => messages?.map(({ text }) => text);

  const history = await web.conversations.history({ channel: CHANNEL });
  expect(texts(history.messages)).toEqual(['second', 'message 0']);
  expect(history.messages?.[1]).toMatchObject({ thread_ts: root, reply_count: 3 });
  const thread = await web.conversations.replies({ channel: CHANNEL, ts: root });
  expect(texts(thread.messages)).toEqual(['message 0', 'first', 'second', 'to the reply']);

  standin.deleteMessage(CHANNEL, root);
  await reply('still there');
  expect((await web.conversations.replies({ channel: CHANNEL, ts: root })).messages).toHaveLength(4);
  expect(await errorOf(web.conversations.replies({ channel: CHANNEL, ts: '1.000000' }))).toBe(
    'thread_not_found',
  );
});
