import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { refreshRollups } from '../../processor/rollups/refresh-rollups.ts';
import { raiseAlert } from '../../processor/sql/raise-alert.ts';
import { NEXT, storedAlerts, transition } from '../support/alert-transitions.ts';
import { freshDatabase } from '../support/database.ts';
import { emptyTables, stockProducts } from '../support/empty-tables.ts';
import { created, MIDNIGHT, recordOf, said } from '../support/oracle/example.ts';
import type { KafkaRecord } from '../support/oracle/types.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { Instances } from '../support/traffic/deliver.ts';
import { CATALOGUE } from '../support/traffic/pools.ts';
import { drafts, placed } from '../support/traffic/records.ts';
import { seeded } from '../support/traffic/shuffle.ts';
import { HOUR, MINUTE, NOW, SECOND } from '../support/traffic/times.ts';
import { recomputedWindows, storedWindows } from '../support/window-recomputation.ts';

const CASES = Number(process.env.WINDOW_CASES ?? 8);

let database: Database;
let instances: Instances;
const handler = ordersHandlerOf();

beforeAll(async () => {
  database = processorDatabase((await freshDatabase()).url);
});

beforeEach(async () => {
  await emptyTables(database);
  await stockProducts(database, CATALOGUE);
  instances = new Instances(database, handler, NOW);
});

async function send(records: readonly KafkaRecord[]): Promise<void> {
  for (const partition of new Set(records.map((record) => record.partition))) {
    const own = records.filter((record) => record.partition === partition);
    await instances.deliver({ instance: 0, partition, records: own });
  }
}

let sent = 0;

/** Messages of partition 0, each in Kafka when it occurred. */
async function say(...messages: Record<string, unknown>[]): Promise<void> {
  await send(messages.map((message) => ({ ...recordOf(message, sent++), partition: 0 })));
}

async function expectRecomputed(context: string): Promise<void> {
  await refreshRollups(database, { from: null, to: null });
  const exact = await recomputedWindows(database);
  expect(await storedWindows(database, exact), context).toEqual(exact);
}

/** Takes a third of the alerts one step on, each at or after the moment its present status began. */
async function someTransitions(seed: number): Promise<number> {
  const next = seeded(seed);
  let moved = 0;
  for (const alert of await storedAlerts(database)) {
    const choices = NEXT[alert.status];
    const to = choices[Math.floor(next() * choices.length)];
    if (to === undefined || next() < 0.6) continue;
    const since = Math.max(alert.opened_at, alert.status_since);
    const delay = [alert.version === 0 ? 0 : 1, 1, 20 * MINUTE, HOUR, 5 * HOUR][Math.floor(next() * 5)]!;
    if (await transition(database, alert, to, since + delay)) moved += 1;
  }
  return moved;
}

describe('metrics_window', () => {
  test('equals what a look into the base tables says, for every column of every window, whatever comes late', async () => {
    let moved = 0;
    const days = fc.sample(fc.tuple(drafts, drafts, drafts), { seed: 4_650, numRuns: CASES });
    for (const [i, day] of days.entries()) {
      await emptyTables(database);
      await stockProducts(database, CATALOGUE);
      instances = new Instances(database, handler, NOW);
      for (const [step, part] of day.entries()) {
        const where = { seed: i * 10 + step, partitions: 1, keyed: true, instances: 1, longestBatch: 1 };
        await send(placed(part, where).map((record) => ({ ...record, partition: step })));
        await expectRecomputed(`day ${i}, after part ${step}`);
        for (const round of [1, 2]) {
          moved += await someTransitions(i * 100 + step * 10 + round);
          await expectRecomputed(`day ${i}, after part ${step} and decisions ${round}`);
        }
      }
    }
    expect(moved).toBeGreaterThan(0);
  }, 600_000);

  test('has empty windows between, with the states that go on through them', async () => {
    await say(created('a', 0, { shipping_address: '' }), created('b', 7 * HOUR));
    await expectRecomputed('two orders');
    const { rows } = await database.query<Record<string, number>>(
      `SELECT count(*) AS windows, count(*) FILTER (WHERE orders = 0 AND backlog = 1 AND holds_now = 1) AS empty
       FROM metrics_window`,
    );
    expect(rows[0]).toEqual({ windows: 15, empty: 13 });
  });

  test('counts an order as late from two hours after PAID until it leaves PAID, and not at all when that comes late', async () => {
    await say(created('a', 0), said('PAID', MINUTE, { order_id: 'a' }), created('b', 6 * HOUR));
    await expectRecomputed('late');
    await say(said('PICKING', 4 * HOUR, { order_id: 'a' }));
    await expectRecomputed('left');
    const late = async () => {
      const { rows } = await database.query<{ late: number }>(
        'SELECT sum(late_orders) AS late FROM metrics_window',
      );
      return rows[0]?.late;
    };
    expect(await late()).toBe(4);
    await say(said('PICKING', 2 * HOUR + MINUTE, { order_id: 'a' }));
    await expectRecomputed('left in time after all');
    expect(await late()).toBe(0);
  });

  test('follows an inbound hold whose episode is split by a late HOLD_CLEARED', async () => {
    const order = { order_id: 'a' };
    await say(
      created('a', 0),
      said('HOLD', HOUR, order),
      said('HOLD', 3 * HOUR, order),
      said('HOLD_CLEARED', 5 * HOUR, order),
      created('b', 6 * HOUR),
    );
    await expectRecomputed('one episode');
    await say(said('HOLD_CLEARED', 2 * HOUR, order));
    await expectRecomputed('two episodes');
    const { rows } = await database.query<{ states: string }>(
      `SELECT string_agg(holds_now::text, '' ORDER BY window_start) AS states FROM metrics_window`,
    );
    expect(rows[0]?.states).toBe('0011001111000');
  });

  test('lets no status of an alert end before it began, when the outside system clears in the past', async () => {
    await say(created('a', 0), said('HOLD', HOUR, { order_id: 'a' }), created('b', 6 * HOUR));
    const [alert] = await storedAlerts(database);
    await transition(database, alert!, 'ACK', MIDNIGHT + 4 * HOUR);
    await say(said('HOLD_CLEARED', 2 * HOUR, { order_id: 'a' }));
    await expectRecomputed('cleared before it was acknowledged');
    await say(said('HOLD_CLEARED', 90 * MINUTE, { order_id: 'a' }));
    await expectRecomputed('cleared even earlier');
    const { rows } = await database.query<Record<string, number>>(
      'SELECT min(least(alerts_open, alerts_ack, alerts_resolved, alerts_retry)) AS least FROM metrics_window',
    );
    expect(rows[0]?.least).toBe(0);
  });

  test('counts alerts that were there before the first event', async () => {
    await raiseAlert(database, {
      dedupKey: 'position/orders/0',
      groupKey: 'PIPELINE/test',
      kind: 'PIPELINE',
      severity: 'critical',
      subject: 'orders partition 0 stopped',
      evidence: {},
      openedAt: MIDNIGHT - 90 * MINUTE,
      orderId: null,
      holdId: null,
      logId: null,
    });
    await say(created('a', 10 * SECOND));
    await expectRecomputed('an alert first');
  });

  test('is empty when nothing has happened', async () => {
    await refreshRollups(database, { from: null, to: null });
    expect(await storedWindows(database, [])).toEqual([]);
  });
});
