import type pg from 'pg';
import { beforeAll, beforeEach, expect } from 'vitest';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { loadConfig } from '../../platform/config/load.ts';
import type { Topic } from '../../platform/config/variables.ts';
import type { Database } from '../../platform/database/database.ts';
import { classifyError, codeOf } from '../../platform/errors/classify.ts';
import { topicHandlers } from '../../processor/topics/handlers.ts';
import { freshDatabase, skipUnlessNative } from '../support/database.ts';
import { expectBalancedDeltas } from '../support/delta-balance.ts';
import { driveBatch, recordAt } from '../support/drive-batches.ts';
import { emptyTables, stockProducts } from '../support/empty-tables.ts';
import { auditOf, heldOrder, orderView, stockOf } from '../support/held-orders.ts';
import { MemoryTopics } from '../support/memory-topics.ts';
import { created, said } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { halted, Stop, stoppingBefore } from '../support/stepped-database.ts';
import { seeded } from '../support/traffic/shuffle.ts';
import { MINUTE, SECOND } from '../support/traffic/times.ts';

const ROUNDS = Number(process.env.RACE_CASES ?? 12);
const OPTIONS = '-c deadlock_timeout=50ms';

let left: Database;
let right: Database;
let watcher: Database;
let operators: pg.Pool;
let topics: MemoryTopics;

beforeAll(async () => {
  const database = await freshDatabase();
  if (!database.native) return;
  const url = `${database.url}?options=${encodeURIComponent(OPTIONS)}`;
  left = processorDatabase(url, 'left');
  right = processorDatabase(url, 'right');
  watcher = processorDatabase(database.url, 'watcher');
  operators = database.pool({ application_name: 'holdfast-operator', options: OPTIONS, max: 8 });
});

beforeEach(async () => {
  if (watcher === undefined) return;
  await fresh();
});

async function fresh(): Promise<void> {
  await emptyTables(watcher);
  await stockProducts(watcher, new Map([['p1', 10]]));
  topics = new MemoryTopics(watcher);
}

/** As the consumer does: a clash with another transaction is tried again. */
async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (classifyError(error) !== 'conflict' || attempt > 20) throw error;
    }
  }
}

/** change_alerts in a session of its own; again, when it was the victim of a deadlock. */
async function operate(alerts: readonly number[], act: Record<string, unknown>): Promise<string[]> {
  const targets = alerts.map((alert_id) => ({ alert_id }));
  const now = formatIso8601(topics.now);
  const request = { ...act, targets, actor: 'kim', source: 'slack', now };
  try {
    const { rows } = await operators.query('SELECT outcome FROM change_alerts($1)', [
      JSON.stringify(request),
    ]);
    return rows.map((row) => row.outcome);
  } catch (error) {
    if (codeOf(error) !== '40P01') throw error;
    return operate(alerts, act);
  }
}

const take = (topic: Topic, database: Database) =>
  persistently(() => topics.process(topic, Number.POSITIVE_INFINITY, database));

/** Stops one run before a statement, has the other go as far as it gets, and lets both end. */
async function meet(
  statement: string,
  first: (database: Database) => Promise<unknown>,
  second: () => Promise<unknown>,
  secondProgram: string,
): Promise<void> {
  const stop = new Stop();
  const stopped = first(stoppingBefore(left, statement, stop));
  await halted(stopped, stop, watcher, 'left');
  const other = second();
  await halted(other, null, watcher, secondProgram);
  stop.letOn();
  await Promise.all([stopped, other]);
}

skipUnlessNative(
  'a release and a late batch of the same order leave the order released, wherever they meet',
  async () => {
    for (const statement of [
      'claim_position',
      'write_orders',
      'lock_judgement',
      'upsert_holds',
      'load_stock',
      'insert_outbox',
      'COMMIT',
    ]) {
      await fresh();
      await topics.send(
        created('o1', MINUTE, { shipping_address: '?', quantity: 2 }),
        said('PAID', 2 * MINUTE, { order_id: 'o1' }),
      );
      const { alert_id } = await heldOrder(watcher, 'o1', 'FUL-VALID');
      topics.append('orders', created('o1', 0, { shipping_address: '', quantity: 2 }));
      topics.append('orders', said('PAID', MINUTE, { order_id: 'o1' }));
      await meet(
        statement,
        (database) => take('orders', database),
        () => operate([alert_id], { action: 'RESOLVE', decision: 'release' }),
        'operator',
      );
      await topics.settle();
      expect(await orderView(watcher, 'o1'), statement).toBe('PAID ENOUGH RESERVED');
      expect(await heldOrder(watcher, 'o1', 'FUL-VALID')).toMatchObject({
        hold_status: 'CLEARED',
        hold_operator: 'kim',
        status: 'RESOLVED',
        opened_at: Date.parse('2026-03-02T00:00:00Z') * 1000,
      });
      await expectBalancedDeltas(watcher);
    }
  },
  300_000,
);

skipUnlessNative(
  'a cancellation and a shipment at once leave a canceled order whose goods are gone, wherever they meet',
  async () => {
    for (const statement of [
      'claim_position',
      'load_order_keys',
      'write_orders',
      'lock_judgement',
      'load_stock',
      'COMMIT',
    ]) {
      for (const swapped of [false, true]) {
        await fresh();
        await topics.send(
          created('o1', 0, { quantity: 2 }),
          said('PAID', MINUTE, { order_id: 'o1' }),
          said('HOLD', 2 * MINUTE, { order_id: 'o1' }),
        );
        const { alert_id } = await heldOrder(watcher, 'o1', 'EXTERNAL');
        await topics.ask({ action: 'RESOLVE', alerts: [alert_id], decision: 'cancel' });
        await topics.relay();
        topics.append('orders', said('SHIPPED', 3 * MINUTE, { order_id: 'o1' }));
        const [stopped, other]: [Topic, Topic] = swapped ? ['holds', 'orders'] : ['orders', 'holds'];
        await meet(
          statement,
          (database) => take(stopped, database),
          () => take(other, right),
          'right',
        );
        await topics.settle();
        expect(await orderView(watcher, 'o1'), `${stopped} ${statement}`).toBe('CANCELED ENOUGH SHIPPED');
        expect(await stockOf(watcher, 'p1')).toBe('8/0');
        await expectBalancedDeltas(watcher);
      }
    }
  },
  300_000,
);

skipUnlessNative(
  'a command that two processors have at once is done once, wherever they meet',
  async () => {
    const handler = topicHandlers(loadConfig({})).find((one) => one.topic === 'actions')!;
    for (const statement of ['lock_judgement', 'claim_command', 'change_alert', 'finish_action', 'COMMIT']) {
      await fresh();
      await topics.send(created('o1', 0, { shipping_address: '?' }));
      const { alert_id } = await heldOrder(watcher, 'o1', 'FUL-VALID');
      await topics.ask({ action: 'RETRY', alerts: [alert_id] });
      await topics.relay();
      const command = String(topics.logs.get('actions')?.[0]?.value);
      await meet(
        statement,
        (database) =>
          persistently(() => driveBatch(database, handler, 1, [recordAt(0, command)], topics.now)),
        () => persistently(() => driveBatch(right, handler, 2, [recordAt(0, command)], topics.now)),
        'right',
      );
      await topics.settle();
      expect(
        (await auditOf(watcher, alert_id)).map((line) => line.split(' ')[0]),
        statement,
      ).toEqual(['RETRY', 'RETRY_FAILED']);
      expect(topics.messages('actions').filter(({ type }) => type === 'result')).toHaveLength(1);
    }
  },
  300_000,
);

skipUnlessNative(
  'operators who act on whole groups, commands and batches of the same orders end each other’s deadlocks',
  async () => {
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const next = seeded(seed);
      await fresh();
      const order = (i: number, at: number) =>
        created(`o${i}`, at, { user_id: 'u1', shipping_address: i % 2 === 0 ? '?' : '12 Long Street' });
      await topics.send(...Array.from({ length: 12 }, (_, i) => order(i, 20 * SECOND + i * 500_000)));
      for (let i = 0; i < 12; i += 1) topics.append('orders', order(i, 10 * SECOND + i * 500_000));
      const { rows } = await watcher.query<{ alert_id: number }>('SELECT alert_id FROM alerts');
      const alerts = rows.map((row) => row.alert_id).toSorted(() => next() - 0.5);
      const retried = alerts.slice(0, 5);
      await topics.ask({ action: 'RETRY', alerts: retried });
      await topics.relay();
      const half = Math.floor(alerts.length / 2);
      const outcomes = await Promise.all([
        take('orders', left),
        take('actions', right),
        operate(alerts.slice(5, half), { action: 'RESOLVE', decision: 'release' }),
        operate(alerts.slice(half).toReversed(), { action: 'RESOLVE', decision: 'cancel' }),
        operate(alerts.slice(half - 2, half + 2), { action: 'ACK' }),
      ]);
      expect(outcomes[0]).toBe(12);
      await topics.settle();
      const { rows: wrong } = await watcher.query(
        `SELECT h.order_id, h.reason_code, h.status, a.status AS alert FROM holds h JOIN alerts a USING (hold_id)
         WHERE (h.status = 'OPEN') = (a.status = 'RESOLVED') OR a.status = 'RETRY_REQUESTED'
         UNION ALL
         SELECT o.order_id, NULL, o.current_status, NULL FROM orders_current o
         WHERE EXISTS (SELECT FROM holds h WHERE h.order_id = o.order_id AND h.status = 'CANCELED')
           AND o.folded_status <> 'CANCELED'`,
      );
      expect(wrong, `seed ${seed}`).toEqual([]);
    }
  },
  300_000,
);
