import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Milestone } from '../../domain/delivery/milestone.ts';
import { LatenessModel } from '../../domain/delivery/risk/lateness-model.ts';
import { RouteBook } from '../../domain/delivery/routes/route-book.ts';
import { FINE_LEVELS } from '../../domain/delivery/routes/route-levels.ts';
import { DAY, HOUR, type Micros } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { createDeliveryFollower, DeliveryFollower } from '../../processor/sequence/delivery-follower.ts';
import { riskMemory } from '../../processor/sequence/risk-memory.ts';
import { routesMemory } from '../../processor/sequence/routes-memory.ts';
import { closeAlerts } from '../../processor/sql/close-alerts.ts';
import { freshDatabase } from '../support/database.ts';
import { DESK_SETTINGS, PlainLateness, PlainRoutes } from '../support/delivery-desk.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { JOURNEYS_FROM, type Journey, journeys, milestonesOf } from '../support/traffic/journeys.ts';

let database: Database | undefined;
let db: Database;

beforeEach(async () => {
  database ??= processorDatabase((await freshDatabase()).url);
  db = database;
  await emptyTables(db);
});

/** The parts that the desk does not restore go on over a restart, as if they had been. */
function newFollower(parts = { routes: new PlainRoutes(), lateness: new PlainLateness() }) {
  return new DeliveryFollower(DESK_SETTINGS, parts, []);
}

/** One pass of the sequencer. */
async function pass(follower: DeliveryFollower, milestones: readonly Milestone[], to: Micros): Promise<void> {
  await inTransaction(db, (connection) => follower.prepare(connection, milestones, to));
  for (const milestone of milestones) {
    follower.advance(milestone.at);
    follower.observe(milestone);
  }
  follower.advance(to);
  await inTransaction(db, (connection) => follower.persist(connection));
}

const TABLES: readonly [table: string, columns: string, key: string][] = [
  ['seller_stats', '*', 'seller_id'],
  ['seller_scores', '*', 'month, seller_id'],
  ['product_grades', '*', 'product_id'],
  ['delivery_risks', '*', 'order_id, moment, assessed_at'],
  ['delivery_watches', '*', 'order_id'],
  ['route_stats', '*', 'level, route'],
  ['learnt_states', 'name, key, state', 'name, key'],
  [
    'alerts',
    'dedup_key, group_key, kind, severity, status, subject, evidence, opened_at, status_since, order_id, ops_note, version',
    'dedup_key',
  ],
];

async function contents(): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const [table, columns, key] of TABLES) {
    tables[table] = (await db.query(`SELECT ${columns} FROM ${table} ORDER BY ${key}`)).rows;
  }
  return tables;
}

async function alerts(): Promise<Record<string, unknown>[]> {
  const { rows } = await db.query(
    `SELECT dedup_key, status, severity, opened_at, status_since, ops_note FROM alerts ORDER BY opened_at, dedup_key`,
  );
  return rows;
}

const ORDER: Journey = {
  orderId: 'o1',
  lines: [
    {
      productId: 'p1',
      sellerId: 's1',
      quantity: 2,
      price: 10.5,
      freight: null,
      handOverBy: null,
      category: null,
      weightG: null,
      volumeCm3: null,
    },
  ],
  from: { zip: '01000', city: 'sao paulo', state: 'SP', latitude: null, longitude: null },
  to: { zip: '20000', city: 'rio de janeiro', state: 'RJ', latitude: null, longitude: null },
  promised: 300,
  created: 0,
  approved: 1,
  handedOver: 81,
  delivered: 310,
  canceled: null,
  reviews: [],
};

const at = (hours: number): Micros => JOURNEYS_FROM + hours * HOUR;

describe('an order that is not handed over in time', () => {
  const milestones = milestonesOf([ORDER]);
  const upTo = (hours: number) => milestones.filter((milestone) => milestone.at <= at(hours));
  const preparation = { dedup_key: 'delivery/PREPARATION/o1', severity: 'info', opened_at: at(61) };

  it('raises its alert when the limit is reached, and resolves it when it is handed over', async () => {
    const follower = newFollower();
    await pass(follower, upTo(60), at(60.99));
    expect(await alerts()).toEqual([]);
    await pass(follower, [], at(80));
    expect(await alerts()).toEqual([
      { ...preparation, status: 'OPEN', status_since: at(61), ops_note: null },
    ]);
    expect((await db.query('SELECT count(*)::integer AS n FROM slack_alert_log')).rows).toEqual([{ n: 1 }]);

    await pass(follower, milestones.slice(upTo(80).length), at(400));
    expect(await alerts()).toEqual([
      {
        ...preparation,
        status: 'RESOLVED',
        status_since: at(81),
        ops_note: 'handed over to the carrier 80.0 h after the approval',
      },
    ]);
    const { rows } = await db.query(
      'SELECT action, actor, source, status_before, status_after FROM alert_actions',
    );
    expect(rows).toEqual([
      {
        action: 'CLOSE',
        actor: 'holdfast',
        source: 'auto',
        status_before: 'OPEN',
        status_after: 'RESOLVED',
      },
    ]);
  });

  it('leaves it as an operator left it', async () => {
    const follower = newFollower();
    await pass(follower, upTo(80), at(80));
    const request = { action: 'RESOLVE', actor: 'kim', source: 'slack', note: 'called the seller' };
    await db.query(
      `SELECT change_alerts($1::jsonb || jsonb_build_object('targets', jsonb_build_array(
         jsonb_build_object('alert_id', alert_id)))) FROM alerts`,
      [JSON.stringify({ ...request, now: '2026-01-25T15:00:00Z' })],
    );
    await pass(follower, milestones.slice(upTo(80).length), at(400));
    expect(await alerts()).toMatchObject([{ status: 'RESOLVED', ops_note: 'called the seller' }]);
    expect((await db.query('SELECT ops_operator FROM alerts')).rows).toEqual([{ ops_operator: 'kim' }]);
  });

  it('is raised once, though the processor was away when the limit was reached', async () => {
    const parts = { routes: new PlainRoutes(), lateness: new PlainLateness() };
    await pass(newFollower(parts), upTo(60), at(60));
    for (const hours of [75, 80]) {
      const again = newFollower(parts);
      await inTransaction(db, (connection) => again.restore(connection));
      await pass(again, [], at(hours));
    }
    expect(await alerts()).toMatchObject([{ ...preparation, status: 'OPEN' }]);
  });

  it('knows while it waits that the limit has passed, and forgets the order when it has arrived', async () => {
    const follower = newFollower();
    const watched = async () =>
      (await db.query('SELECT waits, since, due_at, passed, seller_id, region FROM delivery_watches')).rows;
    await pass(follower, upTo(80), at(80));
    expect(await watched()).toEqual([
      { waits: 'HAND_OVER', since: at(1), due_at: at(61), passed: true, seller_id: 's1', region: 'RJ' },
    ]);
    await pass(follower, milestones.slice(upTo(80).length), at(400));
    expect(await watched()).toEqual([]);
  });
});

it('closes an alert in bulk as change_alerts closes one', async () => {
  const states = [
    { dedupKey: 'open', status: 'OPEN', snoozed: null },
    { dedupKey: 'acknowledged', status: 'ACK', snoozed: null },
    { dedupKey: 'snoozed', status: 'OPEN', snoozed: '2027-01-01T00:00:00Z' },
    { dedupKey: 'resolved', status: 'RESOLVED', snoozed: null },
  ];
  const close: Record<string, (keys: readonly string[]) => Promise<unknown>> = {
    bulk: (keys) =>
      inTransaction(db, (connection) =>
        closeAlerts(
          connection,
          keys.map((dedupKey) => ({ dedupKey, at: at(5), note: `over: ${dedupKey}` })),
        ),
      ),
    one: (keys) =>
      db.query(
        `SELECT change_alerts(jsonb_build_object('action', 'CLOSE', 'actor', 'holdfast', 'source', 'auto',
                  'note', 'over: ' || dedup_key, 'now', iso8601($2),
                  'targets', jsonb_build_array(jsonb_build_object('alert_id', alert_id))))
         FROM alerts WHERE dedup_key = ANY($1) ORDER BY alert_id`,
        [keys, new Date(at(5) / 1000)],
      ),
  };
  const outcomes: unknown[] = [];
  for (const how of ['bulk', 'one']) {
    await emptyTables(db);
    for (const { dedupKey, status, snoozed } of states) {
      await db.query(
        `INSERT INTO alerts (dedup_key, kind, severity, status, status_since, subject, evidence, opened_at, snoozed_until, ops_operator)
         VALUES ($1, 'DELIVERY', 'info', $2, $3, 'x', '{}', $3, $4, 'kim')`,
        [dedupKey, status, new Date(at(1) / 1000), snoozed],
      );
    }
    await close[how]!(states.map(({ dedupKey }) => dedupKey));
    const { rows: alertRows } = await db.query(
      `SELECT dedup_key, status, previous_status, status_since, version, snoozed_until, ops_operator, ops_note
       FROM alerts ORDER BY alert_id`,
    );
    // Who closes one says when; the bulk is of now, as whoever acts on an alert.
    const { rows: audit } = await db.query(
      `SELECT to_jsonb(done) - 'at' AS done FROM alert_actions AS done ORDER BY alert_id`,
    );
    const { rows: refreshed } = await db.query('SELECT alert_id FROM slack_refresh ORDER BY alert_id');
    outcomes.push({ alertRows, audit, refreshed });
  }
  expect(outcomes[0]).toEqual(outcomes[1]);
  expect(outcomes[0]).toMatchObject({ audit: { length: 3 } });
});

it('writes the same in one pass and in many, with restarts in between', async () => {
  const sample = fc.sample(journeys({ minLength: 80, maxLength: 80 }), { seed: 6, numRuns: 1 });
  const milestones = milestonesOf(sample[0]!);
  const end = JOURNEYS_FROM + 90 * DAY;
  await pass(createDeliveryFollower(DESK_SETTINGS), milestones, end);
  const atOnce = await contents();
  expect(atOnce.alerts?.length).toBeGreaterThan(20);
  expect(atOnce.seller_scores?.length).toBeGreaterThan(3);
  expect(atOnce.delivery_risks?.length).toBeGreaterThan(20);

  const inPasses = async (follow: () => Promise<DeliveryFollower>) => {
    await emptyTables(db);
    let done = 0;
    for (let to = JOURNEYS_FROM; to <= end; to += 6 * DAY) {
      const next = milestones.filter((milestone) => milestone.at <= to);
      await pass(await follow(), next.slice(done), to);
      done = next.length;
    }
    return contents();
  };
  const restarted = async () => {
    const follower = createDeliveryFollower(DESK_SETTINGS);
    await inTransaction(db, (connection) => follower.restore(connection));
    return follower;
  };
  expect(await inPasses(restarted)).toEqual(atOnce);
  const forgetful = forgetfulFollower();
  expect(await inPasses(async () => forgetful)).toEqual(atOnce);
});

/** Keeps no route in memory that can be looked up. */
function forgetfulFollower(): DeliveryFollower {
  const routes = new RouteBook(FINE_LEVELS);
  const lateness = new LatenessModel();
  const memories = [routesMemory(routes, 0), riskMemory(lateness)];
  return new DeliveryFollower(DESK_SETTINGS, { routes, lateness }, memories);
}
