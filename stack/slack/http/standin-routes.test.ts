import { expect, it, vi } from 'vitest';
import type { StandinState } from '../standin-types.ts';
import { type StandinForTest, standinForTest } from '../testing/standin-for-test.ts';

async function send({ standin }: StandinForTest, path: string, body: object): Promise<[number, unknown]> {
  const response = await fetch(`${standin.url}/standin/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return [response.status, await response.json()];
}

it('lets people write, delete and archive', async () => {
  const slack = await standinForTest();
  const hello = { user_id: 'U0KIM', channel: '#sre', text: 'hello <@U0LEE>' };
  const [status, message] = await send(slack, 'post', hello);
  expect([status, message]).toMatchObject([200, { channel: 'C0SRE', user: 'U0KIM', mentions: ['<@U0LEE>'] }]);
  const { ts } = message as { ts: string };
  await send(slack, 'post', { ...hello, text: 'reply', thread_ts: ts });
  expect(slack.standin.state().messages).toMatchObject([{ ts }, { thread_ts: ts }]);
  expect(await send(slack, 'delete', { channel: 'C0SRE', ts })).toEqual([200, { deleted: true }]);
  expect((await send(slack, 'delete', { channel: 'C0SRE', ts }))[0]).toBe(404);
  expect(await send(slack, 'archive', { channel: 'C0SRE', archived: true })).toEqual([
    200,
    { archived: true },
  ]);
  expect(await send(slack, 'post', hello)).toMatchObject([409, { error: 'is_archived' }]);
  await send(slack, 'reset', {});
  expect(slack.standin.state()).toMatchObject({ messages: [], channels: [{}, {}, { is_archived: false }] });
});

it('says what is missing in a body, and what is not there', async () => {
  const slack = await standinForTest();
  const [status, answer] = await send(slack, 'submit', { user_id: 7 });
  expect(status).toBe(400);
  expect((answer as { message: string }).message).toMatch(/user_id: .*; view_id: /);
  const click = { user_id: 'U0KIM', channel: 'C0SRE', message_ts: '1.0', block_id: 'b', action_id: 'a' };
  expect(await send(slack, 'act', click)).toMatchObject([404, { error: 'message_not_found' }]);
  expect(await send(slack, 'act', { ...click, message_ts: undefined })).toMatchObject([400, {}]);
  expect(await send(slack, 'close', { user_id: 'U0KIM', view_id: 'V0' })).toMatchObject([404, {}]);
  expect(await send(slack, 'home', { user_id: 'U0NONE' })).toMatchObject([404, { error: 'user_not_found' }]);
  const command = { user_id: 'U0KIM', channel: 'C0SRE', command: 'holdfast' };
  expect(await send(slack, 'command', command)).toMatchObject([400, {}]);
});

it('tells a page of every change, and not of each one by itself', async () => {
  const slack = await standinForTest();
  const leaving = new AbortController();
  const response = await fetch(`${slack.standin.url}/standin/events`, { signal: leaving.signal });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream;/);
  const states: StandinState[] = [];
  const reading = read(response, (state) => {
    states.push(state);
    return state.messages.length === 100;
  });
  await vi.waitFor(() => expect(states).toHaveLength(1), { timeout: 30_000 });
  for (let n = 0; n < 100; n += 1) {
    slack.standin.post({ user_id: 'U0KIM', channel: 'C0SRE', text: `${n}` });
  }
  await reading;
  expect(states.map(({ messages }) => messages.length)).toEqual([0, 100]);
  leaving.abort();
});

/** Reads events until one is `enough`. */
async function read(response: Response, enough: (state: StandinState) => boolean): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const [name, data] = event.split('\n');
      expect(name).toBe('event: state');
      if (enough(JSON.parse((data ?? '').replace(/^data: /, '')) as StandinState)) return;
    }
  }
}
