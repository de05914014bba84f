import { beforeAll, beforeEach, expect, it } from 'vitest';
import { SECOND } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { deliveryDatabase, deliveryRig } from '../support/delivery/delivery-rig.ts';
import { act, logOf, raise } from '../support/delivery/raise.ts';
import { emptyTables } from '../support/empty-tables.ts';

let database: Database;

beforeAll(async () => {
  database = await deliveryDatabase();
});
beforeEach(() => emptyTables(database));

it('posts an alert once, and its row says where', async () => {
  const rig = await deliveryRig(database);
  const [alertId] = await raise(database, [{ dedupKey: 'one' }]);
  await rig.work();
  await rig.work();
  const [message, ...others] = rig.messages();
  expect(others).toEqual([]);
  expect(message?.text).toContain('Alert one');
  expect(message?.metadata?.event_payload).toMatchObject({ alert_id: alertId, version: 0 });
  expect(await logOf(database)).toEqual([
    {
      alert_id: alertId,
      state: 'sent',
      ts: message?.ts,
      attempts: 1,
      send_status: 'ok',
      message_id: expect.any(Number),
    },
  ]);
});

it('keeps the message as the database has it, and the thread as the audit has it', async () => {
  const rig = await deliveryRig(database);
  const [alertId] = await raise(database, [{ dedupKey: 'one' }]);
  await rig.work();
  await act(database, 'ACK', [alertId!], rig.clock.now(), { note: '확인 중' });
  await act(database, 'RESOLVE', [alertId!], rig.clock.now());
  await rig.work();
  const [message] = rig.messages();
  expect(message?.text).toContain('RESOLVED');
  expect(message?.edited).toBeDefined();
  const [reply, ...others] = rig.replies(message!);
  expect(others).toEqual([]);
  expect(reply?.text).toContain('ACK');
  expect(reply?.text).toContain('확인 중');
  expect(reply?.text).toContain('RESOLVE');
  await rig.workFor(10 * SECOND, SECOND);
  expect(rig.standin.callCounts()).toMatchObject({ 'chat.postMessage': { ok: 2 }, 'chat.update': { ok: 1 } });
});
