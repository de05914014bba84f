import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { deliveryDatabase, deliveryRig } from '../support/delivery/delivery-rig.ts';
import { act, logOf, raise } from '../support/delivery/raise.ts';
import { emptyTables } from '../support/empty-tables.ts';

let database: Database;

beforeAll(async () => {
  database = await deliveryDatabase();
});
beforeEach(() => emptyTables(database));

describe('while Slack is away', () => {
  it.each([
    ['answers 503', { kind: 'http', status: 503 }],
    ['cuts connections', { kind: 'drop_before_store' }],
    ['limits the rate', { kind: 'ratelimited', retry_after: 7 }],
    ['fails inside', { kind: 'error', error: 'internal_error' }],
  ] as const)(
    'and %s, nothing is lost: afterwards all arrive once, critical ones first',
    async (_how, fault) => {
      const rig = await deliveryRig(database, { settings: { HOLDFAST_SLACK_POSTS_PER_SECOND: '10' } });
      rig.standin.faults.set({ method: '*', ...fault });
      const alerts = Array.from({ length: 200 }, (_, i) => ({
        dedupKey: `storm/${i}`,
        groupKey: `PIPELINE/test/${i}`,
        severity: (['info', 'critical', 'warning'] as const)[i % 3]!,
      }));
      const ids = await raise(database, alerts);
      await rig.workFor(HOUR, 5 * MINUTE);
      expect(rig.messages()).toEqual([]);

      rig.standin.faults.clear();
      await rig.workFor(2 * MINUTE, SECOND);
      const order = rig.messages().map(({ metadata }) => metadata?.event_payload.alert_id as number);
      expect(order.toSorted((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b));
      expect((await logOf(database)).filter(({ state }) => state !== 'sent')).toEqual([]);
      const severity = new Map(ids.map((id, i) => [id, alerts[i]!.severity]));
      const rank = { critical: 0, warning: 1, info: 2 };
      const ranks = order.map((id) => rank[severity.get(id)!]);
      expect(ranks).toEqual(ranks.toSorted());
    },
  );

  it('calls it seldom, so that little becomes uncertain', async () => {
    const rig = await deliveryRig(database);
    rig.standin.faults.set({ kind: 'http', status: 503 });
    await raise(
      database,
      Array.from({ length: 50 }, (_, i) => ({ dedupKey: `${i}` })),
    );
    await rig.workFor(10 * MINUTE, SECOND);
    const calls = Object.values(rig.standin.callCounts()).flatMap((outcomes) => Object.values(outcomes));
    expect(calls.reduce((a, b) => a + b, 0)).toBeLessThan(250);
  });
});

it('posts a message once when the answer is lost', async () => {
  const rig = await deliveryRig(database);
  rig.standin.faults.set({ kind: 'drop_after_store', method: 'chat.postMessage', remaining: 3 });
  const ids = await raise(database, [
    { dedupKey: 'a' },
    { dedupKey: 'b' },
    { dedupKey: 'c' },
    { dedupKey: 'd' },
  ]);
  await rig.work();
  expect(await logOf(database)).toContainEqual(expect.objectContaining({ state: 'uncertain' }));
  await rig.workFor(MINUTE, SECOND);
  expect(rig.messages().map(({ metadata }) => metadata?.event_payload.alert_id)).toEqual(ids);
  expect((await logOf(database)).map(({ ts }) => ts)).toEqual(rig.messages().map(({ ts }) => ts));
});

it('says a thing in a thread once when the answer is lost', async () => {
  const rig = await deliveryRig(database);
  const [alertId] = await raise(database, [{ dedupKey: 'a' }]);
  await rig.work();
  rig.standin.faults.set({ kind: 'drop_after_store', method: 'chat.postMessage', remaining: 1 });
  await act(database, 'ACK', [alertId!], rig.clock.now());
  await rig.workFor(MINUTE, SECOND);
  expect(rig.replies(rig.messages()[0]!)).toHaveLength(1);
  const { rows } = await database.query('SELECT FROM slack_replies');
  expect(rows).toEqual([]);
});

it('stays in doubt while it cannot look, and does not send again', async () => {
  const rig = await deliveryRig(database);
  rig.standin.faults.set({ kind: 'drop_after_store', method: 'chat.postMessage', remaining: 1 });
  rig.standin.faults.set({ id: 'blind', kind: 'http', status: 500, method: 'conversations.history' });
  await raise(database, [{ dedupKey: 'a' }]);
  await rig.workFor(10 * MINUTE, SECOND);
  expect(await logOf(database)).toMatchObject([{ state: 'uncertain' }]);
  rig.standin.faults.clear('blind');
  await rig.workFor(MINUTE, SECOND);
  expect(await logOf(database)).toMatchObject([{ state: 'sent', attempts: 1 }]);
  expect(rig.messages()).toHaveLength(1);
});

it('one channel that is limited stalls no other', async () => {
  const rig = await deliveryRig(database, { settings: { SLACK_CHANNEL_HOLD: '#sre' } });
  rig.standin.faults.set({ kind: 'ratelimited', retry_after: 3600, channel: '#holdfast' });
  await raise(database, [{ dedupKey: 'limited' }, { dedupKey: 'free', kind: 'HOLD' }]);
  await rig.work();
  expect(rig.messages('C0HOLDFAST')).toEqual([]);
  expect(rig.messages('C0SRE')).toHaveLength(1);
  rig.standin.faults.clear();
  await rig.workFor(50 * MINUTE, 10 * MINUTE);
  expect(rig.messages('C0HOLDFAST')).toEqual([]);
  await rig.workFor(20 * MINUTE, 10 * MINUTE);
  expect(rig.messages('C0HOLDFAST')).toHaveLength(1);
});

it('waits when Slack refuses the token, says so, and gives nothing up', async () => {
  const rig = await deliveryRig(database);
  rig.standin.faults.set({ kind: 'error', error: 'token_revoked', method: '*' });
  await raise(database, [{ dedupKey: 'a' }]);
  await rig.workFor(HOUR, 10 * SECOND);
  expect(rig.parts.context.health.current.slack).toContain('token_revoked');
  expect(rig.parts.context.health.current.slack).toContain('SLACK_BOT_TOKEN');
  expect(await logOf(database)).toMatchObject([{ state: 'pending' }]);
  rig.standin.faults.clear();
  await rig.workFor(MINUTE, SECOND);
  expect(rig.messages()).toHaveLength(1);
  expect(rig.parts.context.health.current.slack).toBeUndefined();
});

it('keeps the pace of one message a second, with a short burst', async () => {
  const settings = { HOLDFAST_SLACK_POSTS_PER_SECOND: '1' };
  const rig = await deliveryRig(database, { settings, standin: { postsPerSecond: 1, postBurst: 4 } });
  await raise(
    database,
    Array.from({ length: 30 }, (_, i) => ({ dedupKey: `${i}` })),
  );
  await rig.work();
  expect(rig.messages()).toHaveLength(3);
  await rig.workFor(10 * SECOND, SECOND / 4);
  expect(rig.messages()).toHaveLength(13);
  expect(rig.standin.callCounts()['chat.postMessage']).toEqual({ ok: 13 });
});
