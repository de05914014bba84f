import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { readHistory } from '../../replay/read-history.ts';
import { writeSampleHistory } from '../../replay/sample/write-sample-history.ts';
import { freePorts } from '../../stack/start/ports.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { type DatabaseState, differences } from '../support/fingerprint.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { startReadyProcessor } from '../support/processor-process.ts';
import { type ReplayProcess, startReplay } from '../support/replay/replay-process.ts';
import { STATE_QUERIES } from '../support/state-queries.ts';

const TOKEN = 'a-token-of-the-replay-test';
const UNTIL = '2017-01-17';
/** Fifteen simulated days in as many seconds. */
const SPEED = '86400';
/** As many as are asked for of any product: who gets the last piece depends on the moment. */
const OPENING_STOCK = '47';
const TIMEOUT_MS = 400_000;

/** As the replay takes a day. */
const midnight = (day: string) => `${day}T00:00:00-03:00`;

const row = (table: string, without: readonly string[] = []) =>
  `SELECT (to_jsonb(t) - ARRAY[${without.map((column) => `'${column}'`).join(', ')}]::text[])::text AS line FROM ${table} t`;

/**
 * One query a table. Left out: where and when a record was read, and single movements of stock, of which there are fewer
 * when an order is paid and shipped within one batch.
 */
const TABLES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['orders', 'order_items', 'payments', 'reviews', 'holds', 'stock_reservations'].map((table) => [
      table,
      STATE_QUERIES[table]!,
    ]),
  ),
  events: row('events', [
    'partition',
    'kafka_offset',
    'epoch',
    'kafka_timestamp',
    'ingested_at',
    'event_seq',
    'trace_id',
  ]),
  alerts: `SELECT jsonb_build_array(dedup_key, kind, status, severity, subject, evidence, opened_at)::text AS line FROM alerts`,
  inventory: row('inventory', ['updated_at']),
  received: `SELECT jsonb_build_array(product_id, occurred_at, event_id, quantity, order_id)::text AS line
             FROM inventory_events WHERE event_type = 'RECEIVED'`,
  replenishments: row('replenishments'),
  inventory_plans: row('inventory_plans'),
  delivery_outcomes: row('delivery_outcomes'),
  delivery_risks: row('delivery_risks'),
  delivery_watches: row('delivery_watches'),
  seller_stats: row('seller_stats'),
  seller_scores: row('seller_scores'),
  route_stats: row('route_stats'),
  product_grades: row('product_grades'),
  learnt_states: row('learnt_states', ['updated_at']),
  orders_in_time: row('orders_in_time'),
};

/** A database and topics of their own for one replay of the history. */
interface Stage {
  pool: pg.Pool;
  env: Record<string, string>;
  replay(speed: string): ReplayProcess;
  /** Tells the running replay something. @returns how far its clock is */
  tell(what: 'pause' | 'resume'): Promise<string>;
  /** Whether the clock of the running replay has come to a moment. */
  hasPlayed(moment: string): Promise<boolean>;
  /** Whether all before a moment has been followed. */
  hasFollowed(moment: string): Promise<boolean>;
}

async function stage(dir: string): Promise<Stage> {
  const database = await freshDatabase();
  const prefix = freshTopicPrefix();
  const [port] = (await freePorts(1)) as [number];
  const pool = database.pool();
  const control = `http://127.0.0.1:${port}`;
  const env = {
    DATABASE_URL: database.url,
    KAFKA_BROKERS: kafkaBrokers(),
    KAFKA_TOPIC_PREFIX: prefix,
    KAFKA_GROUP_ID: `${prefix}processor`,
    HOLDFAST_PARTITIONS: '3',
    HOLDFAST_SUPPLIER: 'simulated',
    HOLDFAST_DEMAND_WINDOW_DAYS: '7',
    HOLDFAST_LEAD_TIME_DAYS: '7',
    HOLDFAST_API_TOKEN: TOKEN,
    HOLDFAST_DATA_DIR: join(dir, 'data', prefix),
    REPLAY_PORT: String(port),
  };
  const options = ['--data', join(dir, 'history'), '--until', UNTIL, '--opening-stock', OPENING_STOCK];
  return {
    pool,
    env,
    replay: (speed) => startReplay([...options, '--speed', speed, '--quiet'], env),
    tell: async (what) => {
      const headers = { authorization: `Bearer ${TOKEN}` };
      const response = await fetch(`${control}/${what}`, { method: 'POST', headers });
      expect(response.status).toBe(200);
      return ((await response.json()) as { simulated_at: string }).simulated_at;
    },
    hasPlayed: async (moment) => {
      const status = (await (await fetch(`${control}/status`)).json()) as { simulated_at: string | null };
      return status.simulated_at !== null && Date.parse(status.simulated_at) >= Date.parse(moment);
    },
    hasFollowed: async (moment) => {
      const { rows } = await pool.query<{ followed: boolean }>(
        `SELECT sequenced_to >= $1::timestamptz - INTERVAL '1 microsecond' AS followed FROM sequence_state`,
        [moment],
      );
      return rows[0]?.followed ?? false;
    },
  };
}

/** Waits until the end is followed, all payments are there, and what was ordered by then has come. */
async function untilDone(
  { pool, hasFollowed }: Stage,
  payments: number,
  explain: () => string,
): Promise<void> {
  await eventually(
    'all of the history to be followed',
    async () => {
      if (!(await hasFollowed(midnight(UNTIL)))) return false;
      const { rows } = await pool.query<{ payments: string; rest: string }>(
        `SELECT (SELECT count(*) FROM payments) AS payments,
                (SELECT count(*) FROM kafka_outbox) + (SELECT count(*) FROM replenishments, sequence_state
                  WHERE received_at IS NULL AND due_at <= sequenced_to) AS rest`,
      );
      return rows[0]?.payments === String(payments) && rows[0].rest === '0';
    },
    { timeoutMs: 180_000, everyMs: 250, explain },
  );
}

async function stateOf({ pool }: Stage): Promise<DatabaseState> {
  const state = new Map<string, readonly string[]>();
  for (const [table, query] of Object.entries(TABLES)) {
    const { rows } = await pool.query<{ line: string }>(query);
    state.set(table, rows.map(({ line }) => line).sort());
  }
  return state;
}

async function undisturbed(at: Stage, payments: number): Promise<DatabaseState> {
  const processor = await startReadyProcessor(at.env);
  const replay = at.replay('max');
  expect(await replay.exited, replay.log()).toBe(0);
  await untilDone(at, payments, processor.log);
  await processor.terminate();
  return stateOf(at);
}

async function disturbed(at: Stage, payments: number): Promise<DatabaseState> {
  const first = await startReadyProcessor(at.env);
  const killed = at.replay(SPEED);
  const watch = { everyMs: 20, explain: () => killed.log() + first.log() };
  await eventually('the clock to come to a day', () => at.hasPlayed(midnight('2017-01-05')), watch);
  const paused = await at.tell('pause');
  await eventually('the pause to be followed', () => at.hasFollowed(paused), watch);
  await at.tell('resume');
  await eventually('the clock to come to another day', () => at.hasPlayed(midnight('2017-01-08')), watch);
  await killed.kill();
  expect(await killed.exited, killed.log()).toBeNull();

  const replay = at.replay(SPEED);
  await eventually('event time to come to a day', () => at.hasFollowed(midnight('2017-01-11')), watch);
  await first.kill();
  expect(await at.hasFollowed(midnight(UNTIL))).toBe(false);
  const second = await startReadyProcessor(at.env);
  expect(await replay.exited, replay.log()).toBe(0);
  await untilDone(at, payments, second.log);
  await second.terminate();
  return stateOf(at);
}

test(
  'a replay that is slow, paused and killed leaves what one leaves that runs as fast as it can',
  async () => {
    const dir = await mkdtemp(join(tmpdir(), 'holdfast-speeds-'));
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
    const history = { seed: 'replayed speeds', orders: 220, from: '2017-01-02', days: 10, brokenRows: true };
    await writeSampleHistory(join(dir, 'history'), history);
    const until = parseIso8601(midnight(UNTIL)) ?? 0;
    let payments = 0;
    for await (const { topic } of (await readHistory(join(dir, 'history'), { until })).events())
      payments += topic === 'payments' ? 1 : 0;

    const expected = await undisturbed(await stage(dir), payments);
    for (const table of ['replenishments', 'delivery_risks', 'delivery_outcomes', 'alerts'])
      expect(expected.get(table)?.length, table).toBeGreaterThan(0);
    expect(expected.get('received')?.filter((line) => line.includes('reorder-'))).not.toEqual([]);
    expect(expected.get('holds')?.filter((line) => line.includes('FUL-INV'))).toEqual([]);
    expect(differences(await disturbed(await stage(dir), payments), expected)).toBe('');
  },
  TIMEOUT_MS,
);
