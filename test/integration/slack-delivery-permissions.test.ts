import { beforeAll, beforeEach, expect, it } from 'vitest';
import { rehomeMessages } from '../../alertbot/sql/rehome-messages.ts';
import { MINUTE, SECOND } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { deliveryDatabase, deliveryRig } from '../support/delivery/delivery-rig.ts';
import { act, logOf, raise } from '../support/delivery/raise.ts';
import { emptyTables } from '../support/empty-tables.ts';

let database: Database;

beforeAll(async () => {
  database = await deliveryDatabase();
});
beforeEach(() => emptyTables(database));

it('finds a channel by its earlier messages when it may not list channels', async () => {
  const rig = await deliveryRig(database);
  rig.standin.faults.set({ kind: 'error', error: 'missing_scope', method: 'conversations.list' });
  await raise(database, [{ dedupKey: 'a' }]);
  await rig.work();
  rig.standin.faults.set({ kind: 'drop_after_store', method: 'chat.postMessage', remaining: 1 });
  await raise(database, [{ dedupKey: 'b' }]);
  const restarted = rig.another();
  for (let seconds = 0; seconds < 60; seconds += 5) {
    rig.clock.advance(5 * SECOND);
    await rig.work(restarted);
  }
  expect(rig.messages()).toHaveLength(2);
  expect((await logOf(database)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  expect(restarted.context.health.current['conversations.list']).toBeUndefined();
});

it('says that it cannot read a channel, and posts to it all the same', async () => {
  const rig = await deliveryRig(database);
  rig.standin.faults.set({ kind: 'error', error: 'not_in_channel', method: 'conversations.history' });
  rig.standin.faults.set({ kind: 'drop_after_store', method: 'chat.postMessage', remaining: 1 });
  await raise(database, [{ dedupKey: 'a' }]);
  await rig.workFor(2 * MINUTE, SECOND);
  expect(rig.parts.context.health.current['history of C0HOLDFAST']).toContain('not_in_channel');
  await raise(database, [{ dedupKey: 'b' }]);
  await rig.workFor(2 * MINUTE, SECOND);
  expect(rig.messages()).toHaveLength(2);
  rig.standin.faults.clear();
  await rig.workFor(MINUTE, SECOND);
  expect(rig.parts.context.health.current['history of C0HOLDFAST']).toBeUndefined();
  expect((await logOf(database)).map(({ state }) => state)).toEqual(['sent', 'sent']);
});

it('says which permission is missing', async () => {
  const rig = await deliveryRig(database);
  rig.standin.faults.set({ kind: 'error', error: 'missing_scope', method: 'chat.postMessage' });
  await raise(database, [{ dedupKey: 'a' }]);
  await rig.workFor(MINUTE, SECOND);
  expect(rig.parts.context.health.current.slack).toContain('missing_scope');
  expect(rig.standin.callCounts()['chat.postMessage']?.missing_scope).toBeLessThanOrEqual(3);
});

it('follows a change of the configured channels', async () => {
  const rig = await deliveryRig(database);
  const [first] = await raise(database, [{ dedupKey: 'a' }]);
  await rig.work();
  rig.standin.faults.set({ kind: 'ratelimited', retry_after: 600, channel: '#holdfast' });
  await raise(database, [{ dedupKey: 'b' }]);
  await rig.work();
  rig.standin.faults.clear();

  const changed = rig.another({ settings: { SLACK_CHANNEL: '#sre' } });
  await rehomeMessages(database, changed.context.config.slack.channels, changed.channels.targets);
  await act(database, 'ACK', [first!], rig.clock.now());
  await rig.work(changed);
  expect(rig.messages('C0SRE')).toHaveLength(1);
  expect(rig.messages('C0HOLDFAST')).toHaveLength(1);
  expect(rig.messages('C0HOLDFAST')[0]?.text).toContain('ACK');
  expect(rig.replies(rig.messages('C0HOLDFAST')[0]!)).toHaveLength(1);
});
