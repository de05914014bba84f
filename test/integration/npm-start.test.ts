import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { hasTerminal, type Installation, installation, pathWithOnly } from '../support/npm-start.ts';

const ready = /ready in [\d.]+ s/;
const ctrlC = '\x03';

async function query<T extends pg.QueryResultRow>(databaseUrl: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

const countOrders = async (url: string): Promise<number> =>
  (await query<{ count: number }>(url, 'SELECT count(*)::int AS count FROM orders'))[0]?.count ?? 0;

describe('npm start', () => {
  let place: Installation;
  beforeAll(async () => {
    let undo = async () => {};
    place = await installation((cleanUp) => {
      undo = cleanUp;
    });
    return undo;
  });
  afterEach(() => place.killAll());

  test.skipIf(!hasTerminal)(
    'on a terminal: a screen, and Ctrl-C stops everything with exit code 0',
    async () => {
      const run = place.start([], { terminal: true });
      await run.printed(ready);
      expect(run.output()).toContain('\x1b[?1049h');
      const reasons = async () => {
        const rows = await query<{ reason_code: string }>(
          place.databaseUrl,
          'SELECT DISTINCT reason_code FROM holds',
        );
        return rows.map((row) => row.reason_code);
      };
      await expect
        .poll(reasons, { timeout: 90_000, interval: 1_000 })
        .toEqual(expect.arrayContaining(['FUL-FRAUD-PROD', 'FUL-FRAUD-USER', 'FUL-INV', 'FUL-VALID']));
      const windows = await query<{ orders: string }>(place.databaseUrl, 'SELECT orders FROM metrics_window');
      expect(windows.reduce((sum, row) => sum + Number(row.orders), 0)).toBeGreaterThan(0);
      await run.printed(/\d\/s\S* +[\d,]+ consumed/);
      await run.printed(/since \d\d:\d\d/);

      run.press(ctrlC);
      const { code, afterMs } = await run.end();
      expect(code).toBe(0);
      expect(afterMs).toBeLessThan(10_000);
      expect(place.processes()).toEqual([]);
      const afterScreen = run.output().split('\x1b[?1049l').at(-1);
      expect(afterScreen).toMatch(/Holdfast ran for \d+:\d\d/);
      expect(afterScreen).toContain('goes on from there');
    },
  );

  test('started again it goes on; SIGTERM to npm stops everything with exit code 0', async () => {
    const run = place.start();
    await run.printed(/ready in/);
    const before = await countOrders(place.databaseUrl);
    await expect.poll(() => countOrders(place.databaseUrl), { timeout: 60_000 }).toBeGreaterThan(before);

    const second = place.start();
    expect((await second.end()).code).toBe(78);
    expect(second.output()).toMatch(
      /Holdfast is already running on \S+ \(process \d+\)\. Stop it with Ctrl-C/,
    );

    run.signal('SIGTERM');
    const { code, afterMs } = await run.end();
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(10_000);
    expect(place.processes()).toEqual([]);
    expect(run.output()).not.toContain('\x1b[');
  });

  test('a part that dies is started again, with a line that says so', async () => {
    const run = place.start(['--no-simulator']);
    await run.printed(/ready in/);
    const kafka = place.processes().find((line) => line.includes('kafka.Kafka') && !line.includes('/bin/sh'));
    process.kill(Number.parseInt(kafka ?? '', 10), 'SIGKILL');
    await run.printed(/Kafka ended \(SIGKILL\); starting it again in 1 s/);
    await run.printed(/Kafka is back/);
    run.signal('SIGTERM');
    expect((await run.end()).code).toBe(0);
    expect(place.processes()).toEqual([]);
  });

  test('when the supervisor is killed nothing stays behind', async () => {
    const run = place.start(['--no-simulator']);
    await run.printed(/ready in/);
    const supervisor = place.processes().find((line) => line.includes('stack/preflight.mjs start'));
    process.kill(Number.parseInt(supervisor ?? '', 10), 'SIGKILL');
    await run.end();
    await expect.poll(() => place.processes(), { timeout: 10_000 }).toEqual([]);
  });

  test('SIGTERM during the start stops what has been started', async () => {
    const run = place.start(['--no-simulator']);
    await run.printed(/ok {5}(Kafka|TimescaleDB)/);
    run.signal('SIGTERM');
    const { code, afterMs } = await run.end();
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(10_000);
    expect(place.processes()).toEqual([]);
  });

  test('a broken data folder is named with the command that resets it, and that command helps', async () => {
    rmSync(join(place.dataDir, 'timescale', 'cluster', 'global'), { recursive: true });
    const run = place.start(['--no-simulator']);
    expect((await run.end()).code).toBe(78);
    expect(run.output()).toContain('cannot open its data folder');
    expect(run.output()).toContain('npm start -- --reset');
    expect(place.processes()).toEqual([]);

    const again = place.start(['--reset', '--no-simulator']);
    await again.printed(/--reset: deleting \S+timescale/);
    await again.printed(/--reset: deleting \S+kafka/);
    await again.printed(/ready in/);
    again.signal('SIGTERM');
    expect((await again.end()).code).toBe(0);
  });
});

test('with a database and brokers of its own it needs no Java, and makes up no orders', async () => {
  const place = await installation();
  const database = await freshDatabase({ migrated: false });
  const PATH = await pathWithOnly(join(place.dataDir, 'bin'), ['node', 'npm', 'sh', 'env']);
  const run = place.start([], {
    env: {
      PATH,
      JAVA_HOME: '',
      DATABASE_URL: database.url,
      KAFKA_BROKERS: kafkaBrokers(),
      KAFKA_TOPIC_PREFIX: freshTopicPrefix(),
    },
  });
  await run.printed(/ready in/);
  expect(run.output()).not.toMatch(/Simulator|TimescaleDB|Scheduler|Kafka \(/);
  expect(run.output()).toContain(`kafka       ${kafkaBrokers()}`);
  expect(await countOrders(database.url)).toBe(0);
  run.signal('SIGTERM');
  expect((await run.end()).code).toBe(0);
  expect(place.processes()).toEqual([]);
});

describe('npm start refuses, before anything is started,', () => {
  test('taken ports, all at once, with the variables that change them', async () => {
    const place = await installation();
    const taken = ['PROCESSOR_PORT', 'HOLDFAST_KAFKA_PORT'];
    for (const name of taken) {
      const server = createServer().listen(Number(place.env[name]), '127.0.0.1');
      onTestFinished(() => void server.close());
    }
    const run = place.start();
    expect((await run.end()).code).toBe(78);
    for (const name of taken) {
      expect(run.output()).toContain(`port ${place.env[name]} `);
      expect(run.output()).toContain(`${name}=<port>`);
    }
    expect(existsSync(join(place.dataDir, 'kafka'))).toBe(false);
  });

  test('a wrong configuration, all problems at once', async () => {
    const place = await installation();
    const run = place.start([], { env: { PROCESSOR_PORT: 'http', HOLDFAST_DATADIR: '/data' } });
    expect((await run.end()).code).toBe(78);
    expect(run.output()).toContain('PROCESSOR_PORT');
    expect(run.output()).toContain('HOLDFAST_DATADIR is not a setting of Holdfast');
  });

  test('a data folder that cannot be one', async () => {
    const place = await installation();
    const file = join(place.dataDir, 'file');
    writeFileSync(file, '');
    const run = place.start([], { env: { HOLDFAST_DATA_DIR: file } });
    expect((await run.end()).code).toBe(78);
    expect(run.output()).toContain('Name another folder with HOLDFAST_DATA_DIR');
  });

  test('an unknown option', async () => {
    const run = (await installation()).start(['--restart']);
    expect((await run.end()).code).toBe(64);
    expect(run.output()).toContain('--reset');
  });

  test('a machine without Java', async () => {
    const place = await installation();
    const PATH = await pathWithOnly(join(place.dataDir, 'bin'), ['node', 'npm', 'sh', 'env']);
    const run = place.start([], { env: { PATH, JAVA_HOME: '' } });
    expect((await run.end()).code).toBe(78);
    expect(run.output()).toContain('needs Java 17 or newer; none was found');
  });
});
