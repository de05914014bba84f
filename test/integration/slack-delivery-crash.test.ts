import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { deliveryDatabase, deliveryRig } from '../support/delivery/delivery-rig.ts';
import { Crash, crashingAt } from '../support/delivery/failing-database.ts';
import { act, logOf, raise } from '../support/delivery/raise.ts';
import { emptyTables } from '../support/empty-tables.ts';

let database: Database;

beforeAll(async () => {
  database = await deliveryDatabase();
});
beforeEach(() => emptyTables(database));

/** Every statement of the way of an alert, a change and what is said of it. */
const STEPS = [
  'lock_slack_dispatch',
  'read_new_slack_alerts',
  'insert_slack_messages',
  'dispatch_slack_refreshes',
  'dispatch_slack_replies',
  'COMMIT',
  'claim_slack_post',
  'load_alert_views',
  'mark_slack_sent',
  'claim_stale_slack_message',
  'mark_slack_shown',
  'read_slack_post_entries',
] as const;

describe('a crash', () => {
  it.each(STEPS.flatMap((step) => [[step, 'before'] as const, [step, 'after'] as const]))(
    'at %s, %s it was done, loses nothing and doubles nothing',
    async (step, when) => {
      const rig = await deliveryRig(database);
      const [early, late] = await raise(database, [{ dedupKey: 'early' }, { dedupKey: 'late' }]);
      await act(database, 'ACK', [early!], rig.clock.now());
      const crashing = crashingAt(database, step, when);
      const doomed = rig.another({ database: crashing.database });
      const half = rig.work(doomed).then(() => act(database, 'RESOLVE', [late!], rig.clock.now()));
      await half.then(() => rig.work(doomed)).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      expect(crashing.crashed()).toBe(true);

      await rig.workFor(2 * MINUTE, 10 * SECOND);
      const messages = rig.messages();
      expect(messages.map(({ metadata }) => metadata?.event_payload.alert_id).toSorted()).toEqual([
        early,
        late,
      ]);
      expect((await logOf(database)).map(({ state }) => state)).toEqual(['sent', 'sent']);
      const thread = messages.flatMap((message) => rig.replies(message).map(({ text }) => text)).join('\n');
      expect(thread.match(/\*ACK\*/g)).toHaveLength(1);
      const { rows } = await database.query(
        `SELECT state FROM slack_messages WHERE state NOT IN ('sent', 'gone')`,
      );
      expect(rows).toEqual([]);
    },
  );
});

it('leaves a claim alone until its time is up', async () => {
  const rig = await deliveryRig(database);
  await raise(database, [{ dedupKey: 'one' }]);
  const crashing = crashingAt(database, 'load_alert_views', 'before');
  await expect(rig.work(rig.another({ database: crashing.database }))).rejects.toThrow(Crash);
  await rig.workFor(20 * SECOND, SECOND);
  expect(rig.messages()).toEqual([]);
  expect(await logOf(database)).toMatchObject([{ state: 'sending' }]);
  await rig.workFor(20 * SECOND, SECOND);
  expect(rig.messages()).toHaveLength(1);
});
