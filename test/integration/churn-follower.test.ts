import { beforeAll, expect, test } from 'vitest';
import { madeUpCustomers } from '../../bench/churn/made-up-customers.ts';
import { trainChurnModel } from '../../domain/churn/churn-model.ts';
import { activeFor, nextMonday, trainingMoments } from '../../domain/churn/churn-schedule.ts';
import { armOf } from '../../domain/churn/promotion.ts';
import { segmentOf } from '../../domain/churn/segment.ts';
import { type CustomerOrder, churnExamples } from '../../domain/churn/transaction-log.ts';
import type { Milestone } from '../../domain/delivery/milestone.ts';
import { DAY, HOUR, type Micros } from '../../domain/time/micros.ts';
import { loadConfig } from '../../platform/config/load.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { ChurnFollower } from '../../processor/churn/churn-follower.ts';
import { freshDatabase } from '../support/database.ts';
import { MIDNIGHT } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';

/** A Monday, as the midnight of the examples. */
const FROM = MIDNIGHT - 20 * 7 * DAY;
const DAYS = 20 * 7 + 1;
const HORIZON = 14 * DAY;
const PLACE = { zip: null, city: null, state: null, latitude: null, longitude: null };
const { churn: CONFIG } = loadConfig({
  HOLDFAST_CHURN_HORIZON_DAYS: '14',
  HOLDFAST_CHURN_PROMOTIONS_PER_WEEK: '40',
  HOLDFAST_WEBHOOK_DRY_RUN: 'true',
});

const ORDERS = madeUpCustomers({ seed: 11, customers: 350, from: FROM, days: DAYS });

let db: Database;

beforeAll(async () => {
  db = processorDatabase((await freshDatabase()).url);
  await store(ORDERS);
  await follow(milestonesOf(ORDERS), 500, false);
}, 300_000);

/** The orders as the batch has stored them: what the follower does not see in a milestone. */
async function store(orders: readonly CustomerOrder[]): Promise<void> {
  const rows = orders.map((one, i) => [`o${i}`, one.at, one.customerId, one.refusedAt]);
  const at = (json: string) => `TIMESTAMPTZ 'epoch' + INTERVAL '1 microsecond' * (${json})::float8`;
  await db.query(
    `INSERT INTO order_keys SELECT e->>0, ${at('e->>1')} FROM jsonb_array_elements($1::jsonb) AS e`,
    [JSON.stringify(rows)],
  );
  await db.query(
    `INSERT INTO orders (order_id, partition_at, revision, user_id, quantity, current_stage, current_status, last_event_type,
                         last_occurred_at, first_event_at, fold_versions)
     SELECT e->>0, ${at('e->>1')}, 1, e->>2, 1, 'ORDER', 'CREATED', 'ORDER_CREATED', ${at('e->>1')}, ${at('e->>1')}, '[]'
     FROM jsonb_array_elements($1::jsonb) AS e`,
    [JSON.stringify(rows)],
  );
  await db.query(
    `INSERT INTO events (event_id, order_id, event_type, current_status, reason_code, occurred_at, content_hash, topic)
     SELECT e->>0, e->>0, 'CANCELED', 'CANCELED', r.reason, ${at('e->>3')}, r.hash, 'orders'
     FROM jsonb_array_elements($1::jsonb) AS e, (VALUES ('REFUSED_STAFF_SHORT', 1)) AS r (reason, hash)
     WHERE e->3 <> 'null'`,
    [JSON.stringify(rows)],
  );
}

function milestonesOf(orders: readonly CustomerOrder[]): Milestone[] {
  return orders
    .flatMap((one, i): Milestone[] => {
      const order = {
        ...{
          orderId: `o${i}`,
          sellerId: null,
          lines: [],
          amount: one.amount,
          region: one.region,
          from: PLACE,
        },
        ...{
          to: PLACE,
          promisedAt: one.at + HOUR / 2,
          createdAt: one.at,
          approvedAt: null,
          handedOverAt: null,
        },
        ...{ deliveredAt: null, canceledAt: null },
      };
      const milestone = (kind: Milestone['kind'], at: Micros): Milestone => ({
        kind,
        at,
        order,
        score: null,
      });
      return [
        milestone('CREATED', one.at),
        ...(one.refusedAt === null ? [] : [milestone('CANCELED', one.refusedAt)]),
        ...(one.lateAt === null ? [] : [milestone('DELIVERED', one.lateAt)]),
      ];
    })
    .sort((a, b) => a.at - b.at);
}

async function follow(milestones: readonly Milestone[], size: number, restarts: boolean): Promise<void> {
  let follower = new ChurnFollower(CONFIG);
  for (let from = 0; from <= milestones.length; from += size) {
    if (restarts && from > 0) {
      follower = new ChurnFollower(CONFIG);
      await inTransaction(db, (connection) => follower.restore(connection));
    }
    for (const milestone of milestones.slice(from, from + size)) {
      follower.advance(milestone.at);
      follower.observe(milestone);
    }
    if (from + size > milestones.length) follower.advance(MIDNIGHT + 1);
    await inTransaction(db, (connection) => follower.persist(connection));
  }
  // A run that is left over goes on with the next passes.
  for (let i = 0; i < 10; i += 1) await inTransaction(db, (connection) => follower.persist(connection));
}

async function tables(): Promise<unknown> {
  const { rows } = await db.query(
    `SELECT (SELECT jsonb_agg(to_jsonb(c) ORDER BY customer_id) FROM customer_churn c) AS customers,
            (SELECT jsonb_agg(to_jsonb(s) ORDER BY as_of, segment, region) FROM churn_segments s) AS segments,
            (SELECT jsonb_agg(to_jsonb(m) ORDER BY as_of) FROM churn_models m) AS models,
            (SELECT jsonb_agg(to_jsonb(p) ORDER BY promotion_id) FROM promotions p) AS promotions,
            (SELECT jsonb_agg(to_jsonb(p) ORDER BY promotion_id, customer_id) FROM promotion_customers p) AS promoted,
            (SELECT jsonb_agg(jsonb_build_array(action_id, at, status, target, request) ORDER BY action_id) FROM actions) AS actions`,
  );
  return rows[0];
}

test('the weekly look at all customers is what the plain rules say of the plain log', async () => {
  const isActive = ({ history, asOf }: { history: { lastAt: Micros }; asOf: Micros }) =>
    history.lastAt > asOf - activeFor(HORIZON);
  const examples = trainingMoments(MIDNIGHT, HORIZON)
    .toSorted((a, b) => a - b)
    .flatMap((moment) => churnExamples(ORDERS, moment, HORIZON))
    .filter(isActive);
  const model = trainChurnModel(examples, HORIZON);
  const expected = churnExamples(ORDERS, MIDNIGHT, HORIZON).filter(isActive);
  const { rows } = await db.query(
    `SELECT customer_id, probability, segment, orders, late_orders, refusals FROM customer_churn
     WHERE as_of = to_timestamp($1) ORDER BY customer_id`,
    [MIDNIGHT / 1e6],
  );
  expect(rows).toHaveLength(expected.length);
  for (const [i, { history }] of expected.entries()) {
    expect(rows[i]).toMatchObject({
      customer_id: history.customerId,
      segment: segmentOf(history, MIDNIGHT, HORIZON),
      ...{ orders: history.orders, late_orders: history.late, refusals: history.refusals },
    });
    expect(rows[i]?.probability).toBeCloseTo(model.probability(history, MIDNIGHT), 6);
  }
  const { rows: models } = await db.query(
    `SELECT as_of, kind, examples, judged, auc, ece, effects FROM churn_models ORDER BY as_of`,
  );
  expect(models).toHaveLength(20);
  expect(models[0]).toMatchObject({ as_of: nextMonday(FROM), kind: 'PRIOR', examples: 0, judged: 0 });
  expect(models.at(-1)).toMatchObject({
    kind: 'LOGISTIC',
    examples: examples.length,
    effects: expect.arrayContaining([
      expect.objectContaining({ feature: 'late', odds_ratio: expect.any(Number) }),
    ]),
  });
  expect(models.at(-1)?.auc).toBeGreaterThan(0.7);
  const { rows: segments } = await db.query(
    `SELECT sum(customers)::integer AS customers FROM churn_segments WHERE as_of = to_timestamp($1)`,
    [MIDNIGHT / 1e6],
  );
  expect(segments).toEqual([{ customers: expected.length }]);
});

test('promotes to falling customers but the held out ones, once, and tells how both came back', async () => {
  const { rows } = await db.query(
    `SELECT p.promotion_id, p.customer_id, p.arm, p.probability, p.action_id, a.status, a.request,
            (p.reordered_at IS NOT NULL) AS reordered, o.at
     FROM promotion_customers p JOIN promotions o USING (promotion_id) LEFT JOIN actions a USING (action_id)`,
  );
  expect(rows.length).toBeGreaterThan(30);
  const lastOf = new Map<string, Micros>();
  for (const row of rows.toSorted((a, b) => a.at - b.at)) {
    expect(row.probability).toBeGreaterThanOrEqual(0.7);
    expect(row.arm).toBe(armOf(row.promotion_id, row.customer_id, 0.2));
    if (row.arm === 'TREATED') {
      expect(row).toMatchObject({ status: 'SENT', request: { target: { customer: row.customer_id } } });
    } else expect(row).toMatchObject({ action_id: null, status: null });
    expect(row.at).toBeGreaterThanOrEqual((lastOf.get(row.customer_id) ?? 0) + HORIZON);
    lastOf.set(row.customer_id, row.at);
    const ordered = ORDERS.some(
      ({ customerId, at }) =>
        customerId === row.customer_id && at > row.at && at <= Math.min(row.at + HORIZON, MIDNIGHT),
    );
    expect(row.reordered).toBe(ordered);
  }
  const { rows: webhooks } = await db.query(`SELECT count(*)::integer AS webhooks FROM webhook_outbox`);
  expect(webhooks[0]?.webhooks).toBe(rows.filter(({ arm }) => arm === 'TREATED').length);
  const { rows: promotions } = await db.query(`SELECT * FROM promotions ORDER BY at`);
  for (const promotion of promotions) {
    const of = (arm: string) =>
      rows.filter((row) => row.promotion_id === promotion.promotion_id && row.arm === arm);
    expect(promotion).toMatchObject({
      status: promotion.ends_at <= MIDNIGHT ? 'OVER' : 'RUNNING',
      treated: of('TREATED').length,
      held_out: of('HELD_OUT').length,
      treated_reordered: of('TREATED').filter(({ reordered }) => reordered).length,
      held_out_reordered: of('HELD_OUT').filter(({ reordered }) => reordered).length,
    });
  }
});

test('is the same whatever the passes, and when each is done by another instance', async () => {
  const once = await tables();
  await db.query(
    `TRUNCATE customer_facts, customer_churn, churn_segments, churn_models, promotions, promotion_customers, actions,
              webhook_outbox, learnt_states CASCADE`,
  );
  await follow(milestonesOf(ORDERS), 260, true);
  expect(await tables()).toEqual(once);
}, 300_000);
