import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Topic } from '../../platform/config/variables.ts';
import type { Database } from '../../platform/database/database.ts';
import { freshDatabase } from '../support/database.ts';
import { emptyTables, stockProducts } from '../support/empty-tables.ts';
import { MemoryTopics } from '../support/memory-topics.ts';
import { created, said } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { MINUTE, SECOND } from '../support/traffic/times.ts';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 12);
/** Enough for all: who comes first must not matter here. */
const STOCK = new Map([['p1', 1_000]]);
const ORDERS = ['o1', 'o2', 'o3', 'o4', 'o5'];

type Step =
  | { kind: 'message'; message: Record<string, unknown> }
  | { kind: 'act'; action: 'RESOLVE' | 'RETRY'; decision: 'release' | 'cancel'; which: number }
  | { kind: 'settle' };

const message: fc.Arbitrary<Step> = fc
  .record({
    order: fc.constantFrom(...ORDERS),
    at: fc.integer({ min: 0, max: 12 }),
    type: fc.constantFrom(
      'CREATED?',
      'CREATED',
      'PAID',
      'HOLD',
      'HOLD_CLEARED',
      'SHIPPED',
      'CANCELED',
      'FIX',
    ),
  })
  .map(({ order, at, type }) => {
    if (type === 'CREATED' || type === 'CREATED?') {
      const shipping_address = type === 'CREATED' ? '12 Long Street' : '?';
      return { kind: 'message', message: created(order, at * SECOND, { shipping_address }) };
    }
    const more = type === 'FIX' ? { shipping_address: '12 Long Street' } : {};
    const eventType = type === 'FIX' ? 'ORDER_UPDATED' : type;
    return { kind: 'message', message: said(eventType, at * MINUTE, { order_id: order, ...more }) };
  });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: message },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      action: fc.constantFrom('RESOLVE' as const, 'RESOLVE' as const, 'RETRY' as const),
      decision: fc.constantFrom('release' as const, 'cancel' as const),
      which: fc.nat(),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'settle' as const }) },
);

/** Which topic is read next, and how many of its records. */
const reading: fc.Arbitrary<[Topic, number][]> = fc.array(
  fc.tuple(fc.constantFrom<Topic>('orders', 'holds', 'holds', 'actions'), fc.integer({ min: 1, max: 6 })),
  { maxLength: 12 },
);

let db: Database;

beforeAll(async () => {
  db = processorDatabase((await freshDatabase()).url);
});

async function empty(): Promise<void> {
  await emptyTables(db);
  await stockProducts(db, STOCK);
}

async function live(steps: readonly Step[]): Promise<MemoryTopics> {
  const topics = new MemoryTopics(db);
  for (const one of steps) {
    topics.now += SECOND;
    if (one.kind === 'settle') await topics.settle();
    if (one.kind === 'message') {
      topics.append('orders', one.message);
      await topics.process('orders');
    }
    if (one.kind !== 'act') continue;
    const { rows } = await db.query<{ alert_id: number }>(
      `SELECT alert_id FROM alerts JOIN holds h USING (hold_id)
       WHERE alerts.status = 'OPEN' AND h.status = 'OPEN' ORDER BY h.order_id, reason_code, episode`,
    );
    const alert = rows[one.which % Math.max(1, rows.length)];
    if (alert !== undefined)
      await topics.ask({ action: one.action, alerts: [alert.alert_id], decision: one.decision });
  }
  await topics.settle();
  return topics;
}

/** Reads all topics into an empty database; what the relay would send is not looked at. */
async function rebuild(from: MemoryTopics, how: readonly [Topic, number][]): Promise<void> {
  const topics = new MemoryTopics(db, {}, from.logs);
  topics.now = from.now;
  for (const [topic, most] of how) await topics.process(topic, most);
  for (const topic of ['holds', 'orders', 'actions'] as const) await topics.process(topic);
}

/** What has to be the same: not how often or when something was written, not who acknowledged what. */
const STATE = {
  orders: `SELECT to_jsonb(o) - 'partition_at' - 'revision' - 'ingested_at' - 'latency_p_to_k_sec' - 'latency_p_to_d_sec'
             - 'row_reference_id' AS row FROM orders o ORDER BY order_id`,
  shown: `SELECT jsonb_build_array(order_id, current_status, hold_reason_code) AS row
          FROM orders_current ORDER BY order_id`,
  holds: `SELECT jsonb_build_array(order_id, reason_code, episode, status, opened_at, closed_at, evidence,
            CASE WHEN status <> 'OPEN' THEN ops_operator END) AS row
          FROM holds ORDER BY order_id, reason_code, episode`,
  alerts: `SELECT jsonb_build_array(dedup_key, status = 'RESOLVED', opened_at, evidence) AS row FROM alerts ORDER BY dedup_key`,
  reservations: `SELECT to_jsonb(r) - 'decided_at' - 'available_seen' - 'movements' AS row
                 FROM stock_reservations r ORDER BY order_id, product_id`,
  stock: `SELECT jsonb_build_array(product_id, coalesce(current_stock, opening_stock), coalesce(reserved_stock, 0)) AS row
          FROM products LEFT JOIN inventory USING (product_id)`,
  events: `SELECT jsonb_build_array(order_id, occurred_at, event_id, event_type, current_status, topic, ops_operator, ops_note) AS row
           FROM events ORDER BY order_id, occurred_at, event_id, content_hash`,
  deltas: `SELECT jsonb_build_array(at, kind, sum(delta)) AS row FROM state_deltas
           WHERE kind NOT LIKE 'alert%' GROUP BY at, kind HAVING sum(delta) <> 0 ORDER BY at, kind`,
};

async function state(): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const [name, text] of Object.entries(STATE)) {
    const { rows } = await db.query<{ row: unknown }>(text);
    found[name] = rows.map(({ row }) => row);
  }
  return found;
}

it(
  'a database that is built anew from the topics repeats every decision, in whatever order the topics are read',
  async () => {
    let decided = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), reading, async (steps, how) => {
        await empty();
        const topics = await live(steps);
        const expected = await state();
        decided += expected.events!.filter((row) => JSON.stringify(row).includes('decision/')).length;
        await empty();
        await rebuild(topics, how);
        expect(await state()).toEqual(expected);
        // Nor does it change anything to read it all again.
        await db.query('UPDATE consumer_offsets SET next_offset = 0');
        await rebuild(topics, how.toReversed());
        expect(await state()).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
    expect(decided).toBeGreaterThan(RUNS / 4);
  },
  60_000 + RUNS * 20_000,
);
