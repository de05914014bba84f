import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { DAY, type Micros } from '../../domain/time/micros.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { parseCommand } from '../../simulator/platform/command-line/command.ts';
import { runPlatform } from '../../simulator/platform/run-platform.ts';
import { platformSettings } from '../../stack/scenarios/platform-settings.ts';
import { findScenario, type Scenario } from '../../stack/scenarios/scenarios.ts';
import { freePorts } from '../../stack/start/ports.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { runProcessor } from '../support/running-processor.ts';

/** A Monday, an hour after the look at all customers. */
const START = '2026-01-05T01:00:00Z';
const WEEKS = 7;
const HORIZON = 7 * DAY;
const SCENARIO = findScenario('churn') as Scenario;

interface Promoted {
  promotion_id: string;
  at: Micros;
  ends_at: Micros;
  is_over: boolean;
  customer_id: string;
  arm: 'TREATED' | 'HELD_OUT';
  probability: number;
  action_id: string | null;
  reordered: boolean;
}

/** What the simulator says of a customer at the end. */
interface Truth {
  customer_id: string;
  region: string;
  churn_reason: string | null;
  promoted_at: string | null;
  won_back: { churn_reason: string } | null;
}

let pool: Pool;
let truth: Map<string, Truth>;
let incidents: { kind: string; region: string }[];
let promoted: Promoted[];
/** When each customer ordered, as the records in Kafka said, by time. */
let ordersOf: Map<string, Micros[]>;
const undo: (() => Promise<void> | void)[] = [];

/** The scenario of `npm start -- --scenario churn`, with fewer customers. */
beforeAll(async () => {
  const brokers = kafkaBrokers();
  const prefix = freshTopicPrefix();
  const fresh = await freshDatabase();
  pool = fresh.pool();
  const [port] = (await freePorts(1)) as [number];
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-churn-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const ports = { platform: port };
  const env = platformSettings({ ports } as Parameters<typeof platformSettings>[0]);
  const processor = await runProcessor({
    databaseUrl: fresh.url,
    brokers,
    prefix,
    env: { ...env, ...SCENARIO.settings, HOLDFAST_DATA_DIR: folder },
    cleanUp: (release) => undo.push(release),
  });
  const logger = createLogger({ program: 'test', level: 'silent' });
  const database = openDatabase({ url: fresh.url, poolSize: 1, program: 'test', logger });
  undo.push(() => database.end());
  const live = WEEKS * 7 - SCENARIO.historyDays;
  const command = parseCommand([
    ...['--start', START, '--days', String(SCENARIO.historyDays), '--duration', `${live * 24 + 1}h`],
    ...SCENARIO.options,
    ...['--orders-per-day', '200', '--port', String(port), '--quiet', '--seed', 'churn'],
  ]);
  const summary = await runPlatform(command, {
    config: processor.config,
    database,
    logger,
    terminal: { isTTY: false, write: () => undefined },
    realNow: () => performance.now(),
    wallNow: () => Date.now() * 1000,
    signal: new AbortController().signal,
  });
  await eventually('the last look, and all it sent', async () => {
    const { rows } = await pool.query<{ looks: number; pending: number }>(
      `SELECT (SELECT count(*) FROM churn_models)::int AS looks,
              (SELECT count(*) FROM webhook_outbox WHERE state = 'pending')::int AS pending`,
    );
    return rows[0]?.looks === WEEKS && rows[0].pending === 0;
  });
  truth = new Map(linesOf<Truth>(summary.customerTruth).map((one) => [one.customer_id, one]));
  incidents = linesOf(summary.truth);
  promoted = await readPromoted();
  ordersOf = await readOrders();
}, 900_000);

afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

function linesOf<T>(path: string): T[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as T);
}

async function readPromoted(): Promise<Promoted[]> {
  const { rows } = await pool.query<Promoted & Record<string, unknown>>(
    `SELECT promotion_id, (extract(epoch FROM o.at) * 1e6)::float8 AS at, (extract(epoch FROM ends_at) * 1e6)::float8 AS ends_at,
            status = 'OVER' AS is_over, customer_id, arm, p.probability, action_id, reordered_at IS NOT NULL AS reordered
     FROM promotion_customers p JOIN promotions o USING (promotion_id) ORDER BY 2, customer_id`,
  );
  return rows;
}

async function readOrders(): Promise<Map<string, Micros[]>> {
  const { rows } = await pool.query<{ user_id: string; at: string[] }>(
    `SELECT row_payload->>'user_id' AS user_id, array_agg(row_payload->>'occurred_at') AS at FROM orders_raw
     WHERE row_payload->>'event_type' = 'ORDER_CREATED' GROUP BY 1`,
  );
  return new Map(
    rows.map(({ user_id, at }) => [user_id, at.map((one) => parseIso8601(one)!).sort((a, b) => a - b)]),
  );
}

const ordered = (customer: string, from: Micros, to: Micros) =>
  (ordersOf.get(customer) ?? []).some((at) => at > from && at <= to);

it('customers of one district turn away: the simulator knows who, and what won them back', () => {
  expect(incidents).toEqual([expect.objectContaining({ kind: 'CUSTOMERS_LEAVE', region: 'Gangnam-gu' })]);
  const lured = [...truth.values()].filter(({ churn_reason }) => churn_reason === 'RIVAL');
  expect(lured.length).toBeGreaterThan(100);
  expect(new Set(lured.map(({ region }) => region))).toEqual(new Set(['Gangnam-gu']));
  const wonBack = [...truth.values()].filter(({ won_back }) => won_back !== null);
  expect(wonBack.length).toBeGreaterThan(5);
  for (const { promoted_at } of wonBack) expect(promoted_at).not.toBeNull();
});

it('promotes only to whoever orders less often and will stay away with at least 70 %, once a model has learnt', async () => {
  expect(promoted.length).toBeGreaterThan(40);
  for (const { customer_id, at, probability } of promoted) {
    expect(probability).toBeGreaterThanOrEqual(0.7);
    const before = (ordersOf.get(customer_id) ?? []).filter((one) => one <= at);
    expect(before.length).toBeGreaterThanOrEqual(3);
    const [first, last] = [before[0]!, before.at(-1)!];
    expect(at - last).toBeGreaterThan((1.5 * (last - first)) / (before.length - 1));
  }
  const { rows } = await pool.query(
    `SELECT kind FROM promotions JOIN churn_models ON as_of = at UNION SELECT kind FROM churn_models WHERE as_of < (SELECT min(at) FROM promotions) ORDER BY 1`,
  );
  expect(rows.map(({ kind }) => kind)).toEqual(['LOGISTIC', 'PRIOR']);
});

it('only the treated are sent anything, once, and in time; whoever is held out hears nothing', async () => {
  const { rows } = await pool.query<{ customer: string; webhooks: number; sent: boolean; status: string }>(
    `SELECT a.request->'target'->>'customer' AS customer, a.action_id, a.status,
            (SELECT count(*)::int FROM webhook_outbox w WHERE w.payload->>'action_id' = a.action_id) AS webhooks,
            (SELECT bool_and(w.state = 'sent') FROM webhook_outbox w WHERE w.payload->>'action_id' = a.action_id) AS sent
     FROM actions a WHERE a.action = 'PROMOTION'`,
  );
  const treated = promoted.filter(({ arm }) => arm === 'TREATED');
  expect(rows.map(({ customer }) => customer).toSorted()).toEqual(
    treated.map(({ customer_id }) => customer_id).toSorted(),
  );
  for (const row of rows) expect(row).toMatchObject({ webhooks: 1, sent: true, status: 'DONE' });
  const heldOut = promoted.filter(({ arm }) => arm === 'HELD_OUT');
  expect(heldOut.length).toBeGreaterThan(10);
  for (const { action_id } of heldOut) expect(action_id).toBeNull();
  const reached = [...truth.values()].filter(({ promoted_at }) => promoted_at !== null);
  expect(reached.map(({ customer_id }) => customer_id).toSorted()).toEqual(
    [...new Set(treated.map(({ customer_id }) => customer_id))].toSorted(),
  );
  for (const { customer_id, promoted_at } of reached) {
    const last = treated.findLast((one) => one.customer_id === customer_id)!;
    const after = parseIso8601(promoted_at!)! - last.at;
    expect(after).toBeGreaterThan(0);
    expect(after).toBeLessThanOrEqual(DAY + DAY / 24);
  }
});

it('re-orders of both arms are those of the raw orders, and promotions bring more of them', async () => {
  const { rows } = await pool.query<Record<string, number> & { promotion_id: string; result: unknown }>(
    `SELECT promotion_id, treated, held_out, treated_reordered, held_out_reordered, result FROM promotions
     WHERE status = 'OVER' ORDER BY at`,
  );
  expect(rows.length).toBeGreaterThan(1);
  const all = { TREATED: [0, 0], HELD_OUT: [0, 0] };
  for (const row of rows) {
    const count = (arm: Promoted['arm']) => {
      const its = promoted.filter((one) => one.promotion_id === row.promotion_id && one.arm === arm);
      const again = its.filter(({ customer_id, at }) => ordered(customer_id, at, at + HORIZON)).length;
      all[arm][0]! += again;
      all[arm][1]! += its.length;
      return [again, its.length] as const;
    };
    const [treatedAgain, treated] = count('TREATED');
    const [heldOutAgain, heldOut] = count('HELD_OUT');
    expect(row).toMatchObject({ treated, held_out: heldOut });
    expect(row).toMatchObject({ treated_reordered: treatedAgain, held_out_reordered: heldOutAgain });
    const rateOf = (again: number, of: number) => (of === 0 ? null : { rate: again / of });
    expect(row.result).toMatchObject({
      treated: rateOf(treatedAgain, treated),
      held_out: rateOf(heldOutAgain, heldOut),
    });
  }
  for (const { is_over, customer_id, at, reordered } of promoted)
    if (is_over) expect(reordered).toBe(ordered(customer_id, at, at + HORIZON));
  const rate = ([again, of]: readonly number[]) => again! / of!;
  expect(rate(all.TREATED)).toBeGreaterThan(rate(all.HELD_OUT) + 0.1);
});
