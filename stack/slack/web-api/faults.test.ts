import { expect, it } from 'vitest';
import type { NewFault } from '../standin-types.ts';
import { errorOf, type StandinForTest, standinForTest } from '../testing/standin-for-test.ts';

const CHANNEL = 'C0HOLDFAST';
const post = ({ web }: StandinForTest, text = 'x', channel = CHANNEL) =>
  web.chat.postMessage({ channel, text });
const texts = ({ standin }: StandinForTest) => standin.state().messages.map(({ text }) => text);

it.each<[string, NewFault, unknown, string[]]>([
  [
    'ratelimited',
    { kind: 'ratelimited', retry_after: 7 },
    { code: 'slack_webapi_rate_limited_error', retryAfter: 7 },
    [],
  ],
  ['http', { kind: 'http', status: 503 }, { code: 'slack_webapi_http_error', statusCode: 503 }, []],
  ['drop_before_store', { kind: 'drop_before_store' }, { code: 'slack_webapi_request_error' }, []],
  ['drop_after_store', { kind: 'drop_after_store' }, { code: 'slack_webapi_request_error' }, ['x']],
  ['error', { kind: 'error', error: 'invalid_blocks' }, { data: { error: 'invalid_blocks' } }, []],
])('%s fails the call and leaves what it should', async (_kind, fault, error, stored) => {
  const slack = await standinForTest();
  slack.standin.faults.set({ ...fault, method: 'chat.postMessage', remaining: 1 });
  await expect(post(slack)).rejects.toMatchObject(error as object);
  expect(texts(slack)).toEqual(stored);
  await post(slack, 'after it');
  expect(texts(slack)).toEqual([...stored, 'after it']);
});

it('lose answers as if it had been stored', async () => {
  const slack = await standinForTest();
  const { ts = '' } = await post(slack, 'kept');
  slack.standin.faults.set({ kind: 'lose' });
  const lost = await post(slack, 'lost');
  expect(lost).toMatchObject({ ok: true, message: { text: 'lost' } });
  await slack.web.chat.update({ channel: CHANNEL, ts, text: 'lost' });
  slack.standin.faults.clear();
  expect(texts(slack)).toEqual(['kept']);
  expect(await errorOf(slack.web.chat.update({ channel: CHANNEL, ts: lost.ts ?? '', text: 'y' }))).toBe(
    'message_not_found',
  );
  expect(slack.standin.callCounts()).toMatchObject({ 'chat.postMessage': { ok: 1, lost: 1 } });
});

it('a call that is wrong does not become right by being lost', async () => {
  const slack = await standinForTest();
  slack.standin.faults.set({ kind: 'lose' });
  expect(await errorOf(post(slack, 'x', 'C0NONE'))).toBe('channel_not_found');
});

it('latency holds up one channel and not the other', async () => {
  const slack = await standinForTest();
  slack.standin.faults.set({ kind: 'latency', ms: 600_000, channel: '#holdfast' });
  let answered = false;
  const held = post(slack, 'held').then(
    () => {
      answered = true;
    },
    () => undefined,
  );
  await post(slack, 'passes', 'C0SRE');
  expect([answered, texts(slack)]).toEqual([false, ['passes']]);
  await slack.standin.stop();
  await held;
});

it('goes over a token that is wrong, and before the rate limit', async () => {
  const slack = await standinForTest({ postsPerSecond: 1, postBurst: 1, now: () => 1_700_000_000_000 });
  slack.standin.faults.set({ kind: 'http', status: 500, remaining: 3 });
  for (let n = 0; n < 3; n += 1) await expect(post(slack)).rejects.toMatchObject({ statusCode: 500 });
  await post(slack);
  await expect(post(slack)).rejects.toMatchObject({ retryAfter: 1 });
});

it('is set, listed and cleared by HTTP, and what is no fault is refused with a reason', async () => {
  const { standin } = await standinForTest();
  const put = (body: object) =>
    fetch(`${standin.url}/standin/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const set = await put({ kind: 'http', status: 503, method: '*', remaining: 2 });
  const fault = (await set.json()) as { id: string };
  expect(fault).toMatchObject({ kind: 'http', status: 503, method: '*', remaining: 2 });
  expect(await (await fetch(`${standin.url}/standin/faults`)).json()).toEqual([fault]);
  const cleared = await fetch(`${standin.url}/standin/faults?id=${fault.id}`, { method: 'DELETE' });
  expect(await cleared.json()).toEqual([]);
  const wrong = await put({ kind: 'http', status: 'many', remaining: 0 });
  expect(wrong.status).toBe(400);
  expect(((await wrong.json()) as { message: string }).message).toMatch(
    /remaining.*status|status.*remaining/,
  );
});
