import { beforeAll, beforeEach, describe, expect } from 'vitest';
import { followUp } from '../../alertbot/delivery/follow-up.ts';
import { sweep } from '../../alertbot/delivery/sweep.ts';
import { MINUTE, SECOND } from '../../domain/time/micros.ts';
import { type Database, openDatabase } from '../../platform/database/database.ts';
import { classifyError } from '../../platform/errors/classify.ts';
import { freshDatabase, skipUnlessNative } from '../support/database.ts';
import { type DeliveryRig, deliveryRig } from '../support/delivery/delivery-rig.ts';
import { act, logOf, raise } from '../support/delivery/raise.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { silentLogger } from '../support/orders-processor.ts';

let owner: Database;
let bots: Database[] = [];

beforeAll(async () => {
  const fresh = await freshDatabase();
  if (!fresh.native) return;
  const open = (url: string) => openDatabase({ url, poolSize: 4, program: 'test', logger: silentLogger });
  owner = open(fresh.url);
  const asBot = encodeURIComponent('-c role=holdfast_bot');
  bots = [1, 2, 3].map(() => open(`${fresh.url}?options=${asBot}`));
  return () => Promise.all([owner, ...bots].map((database) => database.end()));
});
beforeEach(async () => {
  if (owner !== undefined) await emptyTables(owner);
});

/** Three alertbots, with the rights of one, at work at the same time. A deadlock's victim tries again. */
async function together(rig: DeliveryRig, rounds: number, step: number): Promise<void> {
  const alertbots = bots.map((database) => rig.another({ database }));
  for (let round = 0; round < rounds; round += 1) {
    rig.clock.advance(step);
    await Promise.all(
      alertbots.map(async (parts) => {
        for (const run of [() => followUp(parts), () => rig.work(parts), () => sweep(parts)]) {
          await run().catch((error: unknown) => expect(classifyError(error)).toBe('conflict'));
        }
      }),
    );
  }
}

describe('three alertbots at once', () => {
  skipUnlessNative('post no message twice and lose none, while answers are lost', async () => {
    const rig = await deliveryRig(owner);
    const alerts = Array.from({ length: 120 }, (_, i) => ({ dedupKey: `${i}`, groupKey: `PIPELINE/${i}` }));
    const ids = await raise(owner, alerts);
    rig.standin.faults.set({ kind: 'drop_after_store', method: 'chat.postMessage', remaining: 10 });
    await together(rig, 1, SECOND);
    for (const id of ids) await act(owner, 'ACK', [id], rig.clock.now());
    await together(rig, 20, 10 * SECOND);
    const posted = rig.messages().map(({ metadata }) => metadata?.event_payload.alert_id as number);
    expect(posted.toSorted((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b));
    for (const message of rig.messages()) {
      expect(message.text).toContain('ACK');
      expect(rig.replies(message)).toHaveLength(1);
    }
    expect((await logOf(owner)).filter(({ state }) => state !== 'sent')).toEqual([]);
  });

  skipUnlessNative('make one message of a storm, while it goes on', async () => {
    const rig = await deliveryRig(owner);
    const storm = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => ({ dedupKey: `${from + i}`, groupKey: 'PIPELINE/x' }));
    await raise(owner, storm(0, 50));
    for (let i = 50; i < 250; i += 20) {
      await Promise.all([raise(owner, storm(i, i + 20)), together(rig, 1, SECOND)]);
    }
    await together(rig, 5, 5 * SECOND);
    expect(rig.messages()).toHaveLength(1);
    expect(rig.messages()[0]?.text).toContain('250');
    expect((await logOf(owner)).filter(({ state }) => state !== 'sent')).toEqual([]);
  });

  skipUnlessNative('post what was deleted once, remind once and escalate once', async () => {
    const rig = await deliveryRig(owner);
    await raise(
      owner,
      Array.from({ length: 10 }, (_, i) => ({ dedupKey: `${i}` })),
    );
    await together(rig, 1, SECOND);
    for (const { channel, ts } of rig.messages()) rig.standin.deleteMessage(channel, ts);
    await together(rig, 4, 5 * SECOND);
    expect(rig.messages()).toHaveLength(10);
    await together(rig, 32, MINUTE);
    const broadcast = rig.standin.state().messages.filter(({ reply_broadcast }) => reply_broadcast === true);
    expect(broadcast).toHaveLength(10);
    const { rows } = await owner.query('SELECT reminders FROM slack_follow_ups');
    expect(rows.map((row) => row.reminders)).toEqual(Array(10).fill(1));
  });
});
