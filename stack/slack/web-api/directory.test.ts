import { expect, it } from 'vitest';
import { errorOf, standinForTest } from '../testing/standin-for-test.ts';

it('knows itself', async () => {
  const { standin, web } = await standinForTest();
  expect(await web.auth.test()).toMatchObject({ ok: true, user_id: 'U0HOLDFAST', bot_id: 'B0HOLDFAST' });
  expect(await web.api.test()).toMatchObject({ ok: true });
  const answer = await fetch(`${standin.apiUrl}auth.test`, {
    headers: { authorization: 'Bearer xoxb-test' },
  });
  expect(await answer.json()).toMatchObject({ ok: true, team_id: 'T0HOLDFAST' });
});

it('takes arguments as JSON as well', async () => {
  const { standin } = await standinForTest();
  const answer = await fetch(`${standin.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: 'Bearer xoxb-test', 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ channel: '#sre', text: 'x', blocks: [{ type: 'divider' }] }),
  });
  expect(await answer.json()).toMatchObject({ ok: true, channel: 'C0SRE' });
});

it('knows users and the members of groups', async () => {
  const { web } = await standinForTest();
  expect((await web.users.info({ user: 'U0KIM' })).user).toMatchObject({ name: 'kim', real_name: '김민지' });
  expect(await errorOf(web.users.info({ user: 'U0NONE' }))).toBe('user_not_found');
  const first = await web.users.list({ limit: 3 });
  expect(first.members?.map(({ name }) => name)).toEqual(['kim', 'lee', 'park']);
  const rest = await web.users.list({ limit: 3, cursor: first.response_metadata?.next_cursor ?? '' });
  expect(rest.members?.map(({ is_bot }) => is_bot)).toEqual([true]);

  const groups = await web.usergroups.list({ include_users: true });
  expect(groups.usergroups?.map(({ handle, users }) => [handle, users])).toEqual([
    ['ops', ['U0KIM', 'U0LEE']],
    ['oncall', ['U0LEE']],
  ]);
  expect((await web.usergroups.users.list({ usergroup: 'S0ONCALL' })).users).toEqual(['U0LEE']);
  expect(await errorOf(web.usergroups.users.list({ usergroup: 'S0NONE' }))).toBe('no_such_subteam');
});

it('knows channels', async () => {
  const { standin, web } = await standinForTest({ channels: ['#holdfast', 'late-orders'] });
  standin.archive('#late-orders', true);
  const names = async (exclude_archived: boolean) =>
    (await web.conversations.list({ exclude_archived })).channels?.map(({ name }) => name);
  expect(await names(false)).toEqual(['holdfast', 'late-orders']);
  expect(await names(true)).toEqual(['holdfast']);
  expect((await web.conversations.info({ channel: 'C0LATEORDERS' })).channel?.is_archived).toBe(true);
  expect(await errorOf(web.conversations.join({ channel: 'C0LATEORDERS' }))).toBe('is_archived');
  expect((await web.conversations.join({ channel: 'C0HOLDFAST' })).channel?.is_member).toBe(true);
  expect(await errorOf(web.conversations.info({ channel: 'C0NONE' }))).toBe('channel_not_found');
});
