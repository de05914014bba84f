import { beforeEach, expect, test } from 'vitest';
import type { Milestone } from '../../domain/delivery/milestone.ts';
import { uniform } from '../../domain/statistics/uniform.ts';
import { DAY, HOUR, MINUTE } from '../../domain/time/micros.ts';
import type { Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { ForecastFollower } from '../../processor/forecast/forecast-follower.ts';
import { freshDatabase } from '../support/database.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { MIDNIGHT } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';

const PLACE = { zip: null, city: null, state: null, latitude: null, longitude: null };
const DAYS = 16;
const WEEKS_AGO = MIDNIGHT - DAYS * DAY;

let database: Database | undefined;
let db: Database;

beforeEach(async () => {
  database ??= processorDatabase((await freshDatabase()).url);
  db = database;
  await emptyTables(db);
});

function created(orderId: string, at: number, region: string | null): Milestone {
  const order = {
    ...{ orderId, sellerId: null, lines: [], amount: null, region, from: PLACE, to: PLACE, promisedAt: null },
    ...{ createdAt: at, approvedAt: null, handedOverAt: null, deliveredAt: null, canceledAt: null },
  };
  return { kind: 'CREATED', at, order, score: null };
}

/** Dinner at 18:00 UTC is six times the rest of the day; a village orders too rarely to be forecast. */
function orders(): Milestone[] {
  const random = uniform(5);
  const found: Milestone[] = [];
  for (let hour = 0; hour < DAYS * 24; hour += 1) {
    const busy = hour % 24 === 18 ? 18 : 3;
    for (let i = 0; i < busy; i += 1) {
      found.push(created(`o${hour}-${i}`, WEEKS_AGO + hour * HOUR + Math.floor(random() * HOUR), 'harbour'));
    }
    if (hour % 12 === 0) found.push(created(`v${hour}`, WEEKS_AGO + hour * HOUR + 1, 'village'));
  }
  return found.sort((a, b) => a.at - b.at);
}

/** Two riders, busy half of the time, who bring two orders an hour each; of the last days only, for a week is enough. */
async function rideEightDays(): Promise<void> {
  await db.query(
    `INSERT INTO riders (occurred_at, rider_id, event_id, content_hash, event_type, region)
     SELECT t, 'r' || r, t || '/' || r, r, CASE WHEN extract(minute FROM t) < 30 THEN 'BUSY' ELSE 'ONLINE' END, 'harbour'
     FROM generate_series($1::timestamptz, $1::timestamptz + INTERVAL '8 days', INTERVAL '5 minutes') AS t,
          generate_series(1, 2) AS r`,
    [new Date((MIDNIGHT - 8 * DAY) / 1000).toISOString()],
  );
  await db.query(
    `INSERT INTO deliveries (occurred_at, order_id, event_id, content_hash, event_type, region)
     SELECT t + n * INTERVAL '10 minutes', t || '/' || n, t || '/' || n, 1, 'DELIVERED', 'harbour'
     FROM generate_series($1::timestamptz, $1::timestamptz + INTERVAL '191 hours', INTERVAL '1 hour') AS t,
          generate_series(1, 4) AS n`,
    [new Date((MIDNIGHT - 8 * DAY) / 1000).toISOString()],
  );
}

/** @param restarts whether each pass is done by a new follower, and some twice */
async function follow(milestones: readonly Milestone[], size: number, restarts: boolean): Promise<void> {
  const make = async () => {
    const follower = new ForecastFollower(0.8);
    await inTransaction(db, (connection) => follower.restore(connection));
    return follower;
  };
  let follower = await make();
  for (let from = 0; from < milestones.length; from += size) {
    if (restarts) follower = await make();
    for (const milestone of milestones.slice(from, from + size)) {
      follower.advance(milestone.at);
      follower.observe(milestone);
    }
    if (from + size >= milestones.length) follower.advance(MIDNIGHT + 10 * MINUTE);
    await inTransaction(db, (connection) => follower.persist(connection));
  }
}

async function tables(): Promise<unknown> {
  const { rows } = await db.query(
    `SELECT (SELECT jsonb_agg(to_jsonb(f) ORDER BY region, at) FROM demand_forecasts f) AS forecasts,
            (SELECT jsonb_agg(to_jsonb(s) ORDER BY region, horizon_hours, day) FROM forecast_scores s) AS scores,
            (SELECT jsonb_agg(jsonb_build_array(dedup_key, status, severity, evidence, opened_at) ORDER BY dedup_key)
             FROM alerts) AS alerts,
            (SELECT jsonb_agg(to_jsonb(l) - 'updated_at' ORDER BY name, key) FROM learnt_states l) AS learnt`,
  );
  return rows[0];
}

test('forecasts the next day by region and hour, scores it, and warns of the peak', async () => {
  await rideEightDays();
  const milestones = orders();
  await follow(milestones, 400, false);
  const { rows: outlook } = await db.query(
    `SELECT extract(hour FROM at)::integer AS hour, region, expected, low, high, naive, riders_needed, riders_usual, orders
     FROM demand_forecasts WHERE at >= to_timestamp($1) ORDER BY at`,
    [MIDNIGHT / 1e6],
  );
  expect(outlook.map(({ hour, region }) => [hour, region])).toEqual(
    Array.from({ length: 24 }, (_, hour) => [hour, 'harbour']),
  );
  const dinner = outlook[18]!;
  expect(dinner.expected).toBeGreaterThan(15);
  expect(dinner.expected).toBeLessThan(21);
  expect(dinner).toMatchObject({ naive: 18, orders: null });
  expect(dinner.low).toBeLessThan(dinner.expected);
  expect(dinner.high).toBeGreaterThan(dinner.expected);
  expect(dinner.riders_usual).toBeCloseTo(2, 1);
  // Four orders in a busy hour, of which 80 % can be used.
  expect(dinner.riders_needed).toBeCloseTo(dinner.expected / 3.2, 3);
  const { rows: past } = await db.query(
    `SELECT orders, riders, day_ahead_expected FROM demand_forecasts WHERE at = to_timestamp($1)`,
    [MIDNIGHT / 1e6 - 6 * 3600],
  );
  expect(past[0]).toMatchObject({ orders: 18, riders: 2 });
  expect(past[0]?.day_ahead_expected).toBeGreaterThan(12);
  const { rows: scores } = await db.query(
    `SELECT horizon_hours, sum(hours)::integer AS hours, sum(inside)::integer AS inside, sum(naive_error) AS naive
     FROM forecast_scores GROUP BY 1 ORDER BY 1`,
  );
  expect(scores).toHaveLength(24);
  // A region is forecast after a day of orders; a week later there is something to compare with.
  expect(scores[0]).toMatchObject({ naive: 0 });
  expect(scores[0]?.hours).toBeGreaterThan((DAYS - 8) * 24);
  expect(scores[0]?.hours).toBeLessThan((DAYS - 7) * 24);
  expect(scores[0]?.inside / scores[0]?.hours).toBeGreaterThan(0.8);
  const { rows: alerts } = await db.query(
    `SELECT kind, group_key, status, evidence FROM alerts WHERE status = 'OPEN'`,
  );
  expect(alerts).toMatchObject([
    {
      ...{ kind: 'ANOMALY', group_key: 'ANOMALY/peak/harbour' },
      evidence: { concern: 'PEAK_EXPECTED', region: 'harbour', riders_usual: 2, orders_per_rider_hour: 3.2 },
    },
  ]);
});

test('is the same whatever the passes, and when each is done by another instance', async () => {
  await rideEightDays();
  const milestones = orders();
  await follow(milestones, 700, false);
  const once = await tables();
  await db.query('TRUNCATE demand_forecasts, forecast_scores, learnt_states, alerts CASCADE');
  await follow(milestones, 450, true);
  expect(await tables()).toEqual(once);
});
