import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { expect, onTestFinished, test } from 'vitest';
import { formatIso8601, parseIso8601 } from '../../domain/time/iso8601.ts';
import { type Config, type Environment, loadConfig } from '../../platform/config/load.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { createLogger } from '../../platform/logger/logger.ts';
import { parseCommand } from '../../replay/command-line/command.ts';
import { milestonesOf } from '../../replay/milestones.ts';
import { readHistory } from '../../replay/read-history.ts';
import { replay } from '../../replay/replay.ts';
import { writeSampleHistory } from '../../replay/sample/write-sample-history.ts';
import type { Summary } from '../../replay/screen/summary.ts';
import { REPLAY_TOPICS, type SequencedEvent } from '../../replay/source/source-event.ts';
import { projectRoot } from '../../stack/install/paths.mjs';
import { freePorts } from '../../stack/start/ports.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { consume, countRecords, createLenientTopic } from '../support/kafka-client.ts';
import { runProcessor } from '../support/running-processor.ts';

const TOKEN = 'a-token-of-the-replay-test';

interface Stage {
  env: Environment;
  config: Config;
  /** Folder with the history. */
  dir: string;
  control: string;
}

async function stage(databaseUrl: string, orders: number, days: number): Promise<Stage> {
  const dir = await mkdtemp(join(tmpdir(), 'holdfast-replay-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await writeSampleHistory(join(dir, 'history'), {
    seed: 'replay',
    orders,
    from: '2017-01-01',
    days,
    brokenRows: true,
  });
  const [port] = (await freePorts(1)) as [number];
  const env = {
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: kafkaBrokers(),
    KAFKA_TOPIC_PREFIX: freshTopicPrefix(),
    REPLAY_PORT: String(port),
    HOLDFAST_API_TOKEN: TOKEN,
    HOLDFAST_DATA_DIR: join(dir, 'data'),
  };
  return { env, config: loadConfig(env), dir: join(dir, 'history'), control: `http://127.0.0.1:${port}` };
}

/** A replay in this process. */
function runReplay({ config, dir }: Stage, ...options: string[]): Promise<Summary> {
  const logger = createLogger({ program: 'test', level: 'silent' });
  const database = openDatabase({ url: config.database.url, poolSize: 2, program: 'test', logger });
  return replay(parseCommand(['--data', dir, ...options]), {
    config,
    database,
    logger,
    terminal: { isTTY: false, write: () => undefined },
    realNow: () => performance.now(),
    wallNow: () => Date.now() * 1000,
    peakMemoryMb: () => 0,
    stop: new AbortController(),
  }).finally(() => database.end());
}

async function tell({ control }: Stage, what: string, body: object = {}): Promise<Record<string, unknown>> {
  const response = await fetch(`${control}/${what}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
}

async function statusOf({ control }: Stage): Promise<Record<string, unknown>> {
  return (await (await fetch(`${control}/status`)).json()) as Record<string, unknown>;
}

async function eventsOf(dir: string): Promise<SequencedEvent[]> {
  const events: SequencedEvent[] = [];
  for await (const event of (await readHistory(dir)).events()) events.push(event);
  return events;
}

test('a processor follows a replay step by step to its end, which then is not repeated', async () => {
  const database = await freshDatabase();
  const here = await stage(database.url, 80, 12);
  const prefix = here.env.KAFKA_TOPIC_PREFIX ?? '';
  await runProcessor({ databaseUrl: database.url, brokers: kafkaBrokers(), prefix });
  const pool = database.pool();
  const one = async (sql: string) => (await pool.query<{ v: string | null }>(sql)).rows[0]?.v ?? null;
  const events = await eventsOf(here.dir);

  const running = runReplay(here, '--paused', '--speed', '3600', '--opening-stock', '50');
  await eventually('the replay to be ready', async () => (await statusOf(here)).events === events.length);
  const day = parseIso8601('2017-01-08T00:00:00-03:00') ?? 0;
  await tell(here, 'step', { to: '2017-01-08' });
  await eventually('the step to end', async () => {
    const { state, simulated_at } = await statusOf(here);
    return state === 'paused' && simulated_at === formatIso8601(day);
  });
  const before = events.filter(({ at }) => at < day);
  const stored = (upTo: number, topic: string) =>
    events.filter((e) => e.at < upTo && e.topic === topic).length;
  await eventually(
    'event time to come to the step',
    async () =>
      (await one(`SELECT (sequenced_to >= '${formatIso8601(day - 1)}')::text AS v FROM sequence_state`)) ===
      'true',
  );
  expect(await one(`SELECT count(*) AS v FROM events WHERE topic = 'orders'`)).toBe(
    String(stored(day, 'orders')),
  );
  expect(await one('SELECT count(*) AS v FROM payments')).toBe(String(stored(day, 'payments')));
  expect(before.length).toBeLessThan(events.length);

  expect(await tell(here, 'speed', { speed: 'max' })).toMatchObject({ state: 'paused', speed: 'max' });
  await tell(here, 'resume');
  const summary = await running;
  expect(summary).toMatchObject({ complete: true, passedOver: 0 });
  expect(Object.values(summary.published).reduce((sum, count) => sum + count)).toBe(events.length);
  expect(summary.issues.byKind).toMatchObject({ BROKEN_QUOTING: 2, DELIVERED_BEFORE_SHIPPED: 1 });

  const delivered: [string, string][] = [];
  for await (const { kind, at, order } of milestonesOf(await readHistory(here.dir), { cacheDir: tmpdir() })) {
    if (kind === 'DELIVERED') delivered.push([order.orderId, formatIso8601(at)]);
  }
  await eventually(
    'all deliveries to be followed',
    async () => (await one('SELECT count(*) AS v FROM delivery_outcomes')) === String(delivered.length),
  );
  const outcomes = await pool.query<{ order_id: string; at: string }>(
    `SELECT order_id, to_char(delivered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at
     FROM delivery_outcomes ORDER BY delivered_at, order_id COLLATE "C"`,
  );
  expect(outcomes.rows.map(({ order_id, at }) => [order_id, at])).toEqual(delivered);
  expect(await one('SELECT count(*) AS v FROM late_milestones')).toBe('0');
  expect(await one('SELECT count(*) AS v FROM pipeline_error_logs')).toBe('0');
  expect(await one('SELECT count(*) AS v FROM products WHERE opening_stock = 50')).not.toBe('0');

  const again = await runReplay(here, '--speed', 'max');
  expect(again).toMatchObject({ complete: true, passedOver: events.length });
  expect(again.published).toEqual({ orders: 0, payments: 0, reviews: 0 });
  await expect(runReplay(here, '--speed', 'max', '--from', '2017-01-03')).rejects.toThrow('another replay');
}, 240_000);

test('a replay that is killed again and again stores every event once', async () => {
  const database = await freshDatabase();
  const here = await stage(database.url, 1_500, 60);
  const { topics } = here.config.kafka;
  for (const topic of REPLAY_TOPICS) await createLenientTopic(kafkaBrokers(), topics[topic], 3);
  const events = await eventsOf(here.dir);
  const records = async () => {
    const counts = await Promise.all(
      REPLAY_TOPICS.map((topic) => countRecords(kafkaBrokers(), topics[topic])),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  };
  const begin = (speed: string) => {
    const program = [
      '--import',
      'tsx',
      'replay/main.ts',
      '--data',
      here.dir,
      '--speed',
      speed,
      '--no-wait',
      '--quiet',
    ];
    const child = spawn(process.execPath, program, {
      cwd: projectRoot,
      env: { PATH: process.env.PATH, ...here.env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await exited;
    });
    return { child, exited };
  };
  for (const share of [0.15, 0.4, 0.7]) {
    const { child, exited } = begin('1500000');
    await eventually('a part to be published', async () => (await records()) > events.length * share, {
      everyMs: 20,
    });
    child.kill('SIGKILL');
    expect(await exited).toBeNull();
  }
  expect(await begin('max').exited).toBe(0);
  for (const topic of REPLAY_TOPICS) {
    const all = await consume(
      kafkaBrokers(),
      topics[topic],
      await countRecords(kafkaBrokers(), topics[topic]),
    );
    const byPartition = new Map<number, number[]>();
    for (const { partition, value, headers } of all) {
      if (value === null) continue;
      const sequence = Number(String(headers?.['holdfast-replay']).split(':')[1]);
      byPartition.set(partition, [...(byPartition.get(partition) ?? []), sequence]);
    }
    for (const sequences of byPartition.values())
      expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    const stored = [...byPartition.values()].flat().toSorted((a, b) => a - b);
    expect(stored).toEqual(events.filter((event) => event.topic === topic).map(({ sequence }) => sequence));
  }
}, 240_000);
