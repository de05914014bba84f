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

const storm = (from: number, to: number, key = 'PIPELINE/storm') =>
  Array.from({ length: to - from }, (_, i) => ({ dedupKey: `${key}/${from + i}`, groupKey: key }));

describe('a storm', () => {
  it('is one message, and every member is in it', async () => {
    const rig = await deliveryRig(database);
    await raise(database, storm(0, 1000));
    await rig.work();
    expect(rig.messages()).toHaveLength(1);
    expect(rig.messages()[0]?.text).toContain('1000');
    const ts = rig.messages()[0]?.ts;
    const log = await logOf(database);
    expect(log).toHaveLength(1000);
    expect(log.filter((row) => row.state !== 'sent' || row.ts !== ts)).toEqual([]);
    expect(new Set(log.map(({ message_id }) => message_id)).size).toBe(1);
  });

  it('takes those in that come later, by updates that are put together', async () => {
    const rig = await deliveryRig(database);
    await raise(database, storm(0, 3));
    await rig.work();
    for (let i = 3; i < 43; i += 1) {
      await raise(database, storm(i, i + 1));
      await rig.workFor(SECOND / 4, SECOND / 4);
    }
    await rig.workFor(5 * SECOND, SECOND);
    expect(rig.messages()).toHaveLength(1);
    expect(rig.messages()[0]?.text).toContain('43');
    expect(rig.standin.callCounts()['chat.postMessage']).toEqual({ ok: 1 });
    expect(rig.standin.callCounts()['chat.update']?.ok).toBeLessThanOrEqual(5);
    expect((await logOf(database)).filter(({ state }) => state !== 'sent')).toEqual([]);
  });

  it('that has calmed down is over: what comes after is news', async () => {
    const rig = await deliveryRig(database);
    await raise(database, storm(0, 3));
    await rig.work();
    rig.clock.advance(11 * MINUTE);
    await raise(database, storm(3, 4));
    await rig.work();
    expect(rig.messages()).toHaveLength(2);
  });

  it('that does not calm down is told of again each hour', async () => {
    const rig = await deliveryRig(database);
    for (let minute = 0; minute < 120; minute += 5) {
      await raise(database, storm(minute * 10, minute * 10 + 4));
      await rig.workFor(5 * MINUTE, MINUTE);
    }
    expect(rig.messages()).toHaveLength(2);
  });

  it('of which all is resolved takes nothing more', async () => {
    const rig = await deliveryRig(database);
    const ids = await raise(database, storm(0, 3));
    await rig.work();
    await act(database, 'CLOSE', ids, rig.clock.now());
    await rig.workFor(10 * SECOND, SECOND);
    expect(rig.messages()[0]?.text).toContain('✅');
    await raise(database, storm(3, 4));
    await rig.work();
    expect(rig.messages()).toHaveLength(2);
  });

  it('takes in what has waited alone, but not what is posted', async () => {
    const settings = { HOLDFAST_SLACK_POSTS_PER_SECOND: '0.1' };
    const rig = await deliveryRig(database, { settings });
    await raise(database, storm(0, 2));
    await rig.work();
    expect(rig.messages()).toHaveLength(1);
    await raise(database, storm(2, 5));
    await rig.workFor(MINUTE, 5 * SECOND);
    expect(rig.messages()).toHaveLength(2);
    expect(rig.messages()[1]?.text).toContain('4');
    const { rows } = await database.query('SELECT FROM slack_messages');
    expect(rows).toHaveLength(2);
  });

  it('has at most 1,000 members in a message', async () => {
    const rig = await deliveryRig(database);
    await raise(database, storm(0, 1500));
    await rig.work();
    await raise(database, storm(1500, 2100));
    await rig.workFor(10 * SECOND, SECOND);
    const { rows } = await database.query<{ members: number }>(
      `SELECT count(*)::integer AS members FROM slack_alert_log GROUP BY message_id ORDER BY 1 DESC`,
    );
    expect(rows.map(({ members }) => members)).toEqual([1000, 1000, 100]);
  });

  it('keeps critical alerts apart from warnings', async () => {
    const rig = await deliveryRig(database);
    await raise(
      database,
      storm(0, 5).map((alert) => ({ ...alert, severity: 'warning' as const })),
    );
    await rig.work();
    await raise(database, [{ dedupKey: 'worse', groupKey: 'PIPELINE/storm', severity: 'critical' }]);
    await rig.work();
    expect(rig.messages()).toHaveLength(2);
  });

  it('is not made of alerts with different keys, nor of those without', async () => {
    const rig = await deliveryRig(database);
    await raise(database, [
      ...Array.from({ length: 20 }, (_, i) => ({ dedupKey: `k${i}`, groupKey: `PIPELINE/${i}` })),
      ...Array.from({ length: 20 }, (_, i) => ({ dedupKey: `n${i}` })),
    ]);
    await rig.work();
    expect(rig.messages()).toHaveLength(40);
  });

  it('deleted by somebody comes back with all its members', async () => {
    const rig = await deliveryRig(database);
    await raise(database, storm(0, 5));
    await rig.work();
    const [first] = rig.messages();
    rig.standin.deleteMessage(first!.channel, first!.ts);
    await raise(database, storm(5, 6));
    await rig.workFor(10 * SECOND, SECOND);
    expect(rig.messages()).toHaveLength(1);
    expect(rig.messages()[0]?.text).toContain('6');
    expect(new Set((await logOf(database)).map(({ ts }) => ts))).toEqual(new Set([rig.messages()[0]?.ts]));
  });
});

describe('the thread', () => {
  it('says in one post what one click did to many, naming them', async () => {
    const rig = await deliveryRig(database);
    const ids = await raise(database, storm(0, 50));
    await rig.work();
    await act(database, 'ACK', ids, rig.clock.now(), { note: 'known' });
    await rig.workFor(5 * SECOND, SECOND);
    const [reply, ...others] = rig.replies(rig.messages()[0]!);
    expect(others).toEqual([]);
    expect(reply?.text).toContain('50');
    expect(reply?.text.match(/known/g)).toHaveLength(1);
    expect(reply?.text).toContain('Alert PIPELINE/storm/0');
    expect(rig.standin.callCounts()['chat.update']).toEqual({ ok: 1 });
  });

  it('waits for its message, and then says all of it', async () => {
    const rig = await deliveryRig(database);
    rig.standin.faults.set({ kind: 'ratelimited', retry_after: 60 });
    const [alertId] = await raise(database, [{ dedupKey: 'one' }]);
    await rig.work();
    await act(database, 'ACK', [alertId!], rig.clock.now());
    await act(database, 'UNACK', [alertId!], rig.clock.now());
    await rig.work();
    rig.standin.faults.clear();
    await rig.workFor(2 * MINUTE, 10 * SECOND);
    const [reply, ...others] = rig.replies(rig.messages()[0]!);
    expect(others).toEqual([]);
    expect(reply?.text).toMatch(/ACK[\s\S]*OPEN/);
  });

  it('loses nothing that is too long for one post', async () => {
    const rig = await deliveryRig(database);
    const [alertId] = await raise(database, [{ dedupKey: 'one' }]);
    await rig.work();
    for (let i = 0; i < 40; i += 1) {
      await act(database, 'ACK', [alertId!], rig.clock.now(), { note: `note ${i}. ${'x'.repeat(500)}` });
      await act(database, 'UNACK', [alertId!], rig.clock.now());
      rig.clock.advance(SECOND);
    }
    await rig.workFor(MINUTE, SECOND);
    const said = rig.replies(rig.messages()[0]!).map(({ text }) => text);
    for (let i = 0; i < 40; i += 1)
      expect(said.filter((text) => text.includes(`note ${i}.`))).toHaveLength(1);
  });

  it('and new messages take turns: neither starves the other', async () => {
    const settings = { HOLDFAST_SLACK_POSTS_PER_SECOND: '1' };
    const rig = await deliveryRig(database, { settings });
    const ids = await raise(
      database,
      Array.from({ length: 3 }, (_, i) => ({ dedupKey: `first${i}` })),
    );
    await rig.work();
    for (const id of ids) await act(database, 'ACK', [id], rig.clock.now());
    await raise(
      database,
      Array.from({ length: 60 }, (_, i) => ({ dedupKey: `c${i}` })),
    );
    await rig.workFor(13 * SECOND, SECOND);
    const replies = rig.standin.state().messages.filter(({ thread_ts }) => thread_ts !== undefined);
    expect(replies).toHaveLength(3);
    expect(rig.messages()).toHaveLength(3 + 10);
  });
});

it('a message that waits for longer than a storm lasts is still sent', async () => {
  const rig = await deliveryRig(database);
  rig.standin.faults.set({ kind: 'http', status: 503 });
  await raise(database, storm(0, 10));
  await rig.workFor(3 * HOUR, 10 * MINUTE);
  rig.standin.faults.clear();
  await rig.workFor(2 * MINUTE, 10 * SECOND);
  expect(rig.messages()).toHaveLength(1);
});
