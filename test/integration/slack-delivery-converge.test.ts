import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sweep } from '../../alertbot/delivery/sweep.ts';
import { MINUTE, SECOND } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { type DeliveryRig, deliveryDatabase, deliveryRig } from '../support/delivery/delivery-rig.ts';
import { act, logOf, raise } from '../support/delivery/raise.ts';
import { emptyTables } from '../support/empty-tables.ts';

let database: Database;

beforeAll(async () => {
  database = await deliveryDatabase();
});
beforeEach(() => emptyTables(database));

/** A minute as the loops spend it: work all the time, a sweep every 30 s. */
async function aMinute(rig: DeliveryRig, parts = rig.parts): Promise<void> {
  for (let half = 0; half < 2; half += 1) {
    await rig.workFor(30 * SECOND, 5 * SECOND);
    await sweep(parts);
    await rig.work(parts);
  }
}

describe('Slack comes to show what the database says, within a minute', () => {
  it('when it loses an update', async () => {
    const rig = await deliveryRig(database);
    const [alertId] = await raise(database, [{ dedupKey: 'one' }]);
    await rig.work();
    rig.standin.faults.set({ kind: 'lose', method: 'chat.update', remaining: 1 });
    await act(database, 'ACK', [alertId!], rig.clock.now());
    await rig.work();
    expect(rig.messages()[0]?.text).not.toContain('ACK');
    await aMinute(rig);
    expect(rig.messages()[0]?.text).toContain('ACK');
  });

  it('when it loses the last update, of a resolved alert, and the alertbot is started anew', async () => {
    const rig = await deliveryRig(database);
    const [alertId] = await raise(database, [{ dedupKey: 'one' }]);
    await rig.work();
    rig.standin.faults.set({ kind: 'lose', method: 'chat.update', remaining: 1 });
    await act(database, 'RESOLVE', [alertId!], rig.clock.now());
    await rig.work();
    await aMinute(rig, rig.another());
    expect(rig.messages()[0]?.text).toContain('RESOLVED');
  });

  it('when the clock was two hours ahead for a moment', async () => {
    const rig = await deliveryRig(database);
    rig.clock.advance(120 * MINUTE);
    const [alertId] = await raise(database, [{ dedupKey: 'one' }]);
    await rig.work();
    await act(database, 'ACK', [alertId!], rig.clock.now());
    await rig.work();
    rig.clock.advance(-120 * MINUTE);
    await act(database, 'RESOLVE', [alertId!], rig.clock.now());
    await rig.work();
    expect(rig.messages()[0]?.text).not.toContain('RESOLVED');
    await aMinute(rig);
    expect(rig.messages()[0]?.text).toContain('RESOLVED');
    expect(rig.messages()).toHaveLength(1);
  });

  it('when it loses a message', async () => {
    const rig = await deliveryRig(database);
    rig.standin.faults.set({ kind: 'lose', method: 'chat.postMessage', remaining: 1 });
    await raise(database, [{ dedupKey: 'one' }]);
    await rig.work();
    expect(rig.messages()).toEqual([]);
    expect(await logOf(database)).toMatchObject([{ state: 'sent' }]);
    await aMinute(rig);
    expect(rig.messages()).toHaveLength(1);
    expect(await logOf(database)).toMatchObject([{ state: 'sent', ts: rig.messages()[0]?.ts }]);
  });

  it('when somebody deletes a message of an unresolved alert', async () => {
    const rig = await deliveryRig(database);
    const [alertId] = await raise(database, [{ dedupKey: 'one' }]);
    await rig.work();
    const first = rig.messages()[0]!;
    rig.standin.deleteMessage(first.channel, first.ts);
    await aMinute(rig);
    const [second, ...others] = rig.messages();
    expect(others).toEqual([]);
    expect(second?.ts).not.toBe(first.ts);
    await act(database, 'ACK', [alertId!], rig.clock.now());
    await aMinute(rig);
    expect(rig.messages()[0]?.text).toContain('ACK');
    const thread = rig.replies(rig.messages()[0]!).map(({ text }) => text);
    expect(thread).toEqual([expect.stringContaining('다시 게시함'), expect.stringContaining('ACK')]);
  });

  it('and does not post what was deleted when it is resolved', async () => {
    const rig = await deliveryRig(database);
    const [alertId] = await raise(database, [{ dedupKey: 'one' }]);
    await rig.work();
    const first = rig.messages()[0]!;
    rig.standin.deleteMessage(first.channel, first.ts);
    await act(database, 'RESOLVE', [alertId!], rig.clock.now());
    await aMinute(rig);
    expect(rig.messages()).toEqual([]);
    const { rows } = await database.query(
      `SELECT FROM slack_messages WHERE state IN ('waiting', 'pending', 'sending')`,
    );
    expect(rows).toEqual([]);
  });

  it('when a message cannot be changed any more', async () => {
    const rig = await deliveryRig(database);
    const [alertId] = await raise(database, [{ dedupKey: 'one' }]);
    await rig.work();
    rig.standin.faults.set({
      kind: 'error',
      error: 'edit_window_closed',
      method: 'chat.update',
      remaining: 1,
    });
    await act(database, 'ACK', [alertId!], rig.clock.now());
    await aMinute(rig);
    expect(rig.messages()).toHaveLength(2);
    expect(rig.messages()[1]?.text).toContain('ACK');
  });

  it('when a message is there twice', async () => {
    const rig = await deliveryRig(database);
    await raise(database, [{ dedupKey: 'one' }]);
    await rig.work();
    const [first] = rig.messages();
    await rig.parts.context.slack.chat.postMessage({
      channel: first!.channel,
      text: first!.text,
      metadata: first!.metadata as never,
    });
    expect(rig.messages()).toHaveLength(2);
    await aMinute(rig);
    expect(rig.messages().map(({ ts }) => ts)).toEqual([first!.ts]);
  });

  it('when the alert is not the one that has changed, but its order', async () => {
    const rig = await deliveryRig(database);
    await database.query(
      `INSERT INTO order_keys (order_id, partition_at) VALUES ('o-1', '2026-03-01');
       INSERT INTO orders (order_id, partition_at, revision, quantity, current_stage, current_status, last_event_type,
                           last_occurred_at, first_event_at, fold_versions)
       VALUES ('o-1', '2026-03-01', 1, 1, 'PAYMENT', 'PAID', 'PAID', '2026-03-01', '2026-03-01', '{}')`,
    );
    await raise(database, [{ dedupKey: 'one', orderId: 'o-1' }]);
    await rig.work();
    const before = JSON.stringify(rig.messages()[0]);
    await database.query(`UPDATE orders SET current_status = 'CANCELED'`);
    await aMinute(rig);
    expect(JSON.stringify(rig.messages()[0])).not.toBe(before);
  });
});

it('leaves what is right alone', async () => {
  const rig = await deliveryRig(database);
  await raise(
    database,
    Array.from({ length: 20 }, (_, i) => ({ dedupKey: `${i}` })),
  );
  await rig.work();
  await aMinute(rig);
  expect(await sweep(rig.parts)).toBe(0);
  expect(rig.standin.callCounts()['chat.update']).toBeUndefined();
});

describe('a channel that takes nothing', () => {
  const settings = { SLACK_FALLBACK_CHANNEL: '#holdfast-fallback' };

  it.each(['is_archived', 'channel_not_found', 'not_in_channel'])(
    'with %s, messages go to the fallback channel, stay there, and new ones go home again',
    async (error) => {
      const rig = await deliveryRig(database, { settings });
      rig.standin.faults.set({ kind: 'error', error, channel: '#holdfast', method: 'chat.postMessage' });
      const [first] = await raise(database, [{ dedupKey: 'a' }, { dedupKey: 'b' }]);
      await rig.workFor(5 * SECOND, SECOND);
      expect(rig.messages('C0FALLBACK')).toHaveLength(2);
      expect(rig.standin.callCounts()['chat.postMessage']?.[error]).toBe(1);

      rig.standin.faults.clear();
      await rig.workFor(MINUTE, 5 * SECOND);
      await raise(database, [{ dedupKey: 'c' }]);
      await act(database, 'ACK', [first!], rig.clock.now());
      await rig.workFor(MINUTE, 5 * SECOND);
      expect(rig.messages('C0HOLDFAST')).toHaveLength(1);
      expect(rig.messages('C0FALLBACK')).toHaveLength(2);
      expect(rig.replies(rig.messages('C0FALLBACK')[0]!)).toHaveLength(1);
    },
  );

  it('after messages were posted: what is unresolved is posted again where it can be changed', async () => {
    const rig = await deliveryRig(database, { settings });
    const [alertId] = await raise(database, [{ dedupKey: 'a' }]);
    await rig.work();
    rig.standin.archive('C0HOLDFAST', true);
    await act(database, 'ACK', [alertId!], rig.clock.now(), { note: 'mine' });
    await rig.workFor(2 * MINUTE, 5 * SECOND);
    const [message] = rig.messages('C0FALLBACK');
    expect(message?.text).toContain('ACK');
    expect(
      rig
        .replies(message!)
        .map(({ text }) => text)
        .join(),
    ).toContain('mine');
  });

  it('without a fallback channel: waits, says so, and asks once a minute', async () => {
    const rig = await deliveryRig(database);
    rig.standin.archive('C0HOLDFAST', true);
    await raise(database, [{ dedupKey: 'a' }, { dedupKey: 'b' }]);
    await rig.workFor(10 * MINUTE, 5 * SECOND);
    expect(rig.parts.context.health.current['channel #holdfast']).toContain('is_archived');
    expect(rig.standin.callCounts()['chat.postMessage']?.is_archived).toBeLessThanOrEqual(11);
    rig.standin.archive('C0HOLDFAST', false);
    await rig.workFor(2 * MINUTE, 5 * SECOND);
    expect(rig.messages()).toHaveLength(2);
    expect(rig.parts.context.health.current['channel #holdfast']).toBeUndefined();
  });

  it('and a fallback channel that takes nothing either: waits for the first that does', async () => {
    const rig = await deliveryRig(database, { settings });
    rig.standin.archive('C0HOLDFAST', true);
    rig.standin.archive('C0FALLBACK', true);
    await raise(database, [{ dedupKey: 'a' }]);
    await rig.workFor(10 * MINUTE, 5 * SECOND);
    expect(rig.parts.context.health.current['channel #holdfast']).toContain('takes no messages');
    expect(rig.standin.callCounts()['chat.postMessage']?.is_archived).toBeLessThanOrEqual(24);
    rig.standin.archive('C0FALLBACK', false);
    await rig.workFor(3 * MINUTE, 5 * SECOND);
    expect(rig.messages('C0FALLBACK')).toHaveLength(1);
  });
});

describe('what Slack refuses', () => {
  it.each(['invalid_blocks', 'invalid_attachments', 'msg_too_long', 'something_new'])(
    'with %s is sent as words',
    async (error) => {
      const rig = await deliveryRig(database);
      rig.standin.faults.set({ kind: 'error', error, method: 'chat.postMessage', remaining: 1 });
      const [alertId] = await raise(database, [{ dedupKey: 'one' }]);
      await rig.workFor(10 * SECOND, SECOND);
      expect(rig.messages()[0]?.text).toContain('Alert one');
      expect(rig.messages()[0]?.attachments ?? []).toEqual([]);
      await act(database, 'ACK', [alertId!], rig.clock.now());
      await rig.workFor(10 * SECOND, SECOND);
      expect(rig.messages()[0]?.text).toContain('ACK');
      expect(rig.messages()[0]?.attachments ?? []).toEqual([]);
    },
  );

  it('for ever is given up after several attempts, and delays nothing else', async () => {
    const rig = await deliveryRig(database);
    rig.standin.faults.set({ kind: 'error', error: 'something_new', method: 'chat.postMessage' });
    await raise(database, [{ dedupKey: 'bad' }]);
    await rig.workFor(10 * SECOND, SECOND);
    expect(await logOf(database)).toMatchObject([{ state: 'pending' }]);
    await rig.workFor(5 * MINUTE, SECOND);
    expect(await logOf(database)).toMatchObject([{ state: 'dead', send_status: 'something_new' }]);
    rig.standin.faults.clear();
    await raise(database, [{ dedupKey: 'good' }]);
    await rig.work();
    expect(rig.messages()).toHaveLength(1);
  });
});
