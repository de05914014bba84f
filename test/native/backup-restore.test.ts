import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { projectRoot } from '../../stack/install/paths.mjs';
import { eventually } from '../support/eventually.ts';
import { databaseState, differences } from '../support/fingerprint.ts';
import { kafkaBrokers } from '../support/kafka.ts';
import { createDatabase, databaseUrl, dropDatabase } from '../support/native-database.ts';
import { orderTopic } from '../support/order-topic.ts';
import { processedRecords, processingRun, untilProcessed } from '../support/processing-run.ts';
import { startReadyProcessor } from '../support/processor-process.ts';
import { nativeServer } from '../support/template.ts';

const EVENTS = 3_000;
const TIMEOUT_MS = 600_000;

/** Why it cannot run here; null: it can. */
async function missing(): Promise<string | null> {
  const server = nativeServer();
  if (server === undefined) return 'needs TEST_DATABASE_URL';
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const { rows } = await client.query<{ major: number }>(
      `SELECT current_setting('server_version_num')::integer / 10000 AS major`,
    );
    const major = rows[0]?.major ?? 0;
    const tool = /(\d+)/.exec(spawnSync('pg_dump', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
    return Number(tool) === major ? null : `needs pg_dump ${major} on the PATH`;
  } finally {
    await client.end();
  }
}

const reason = await missing();

/** Runs one of the scripts of timescale/backup on a database. */
async function script(name: 'dump' | 'restore', url: string, file: string): Promise<string> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const { stdout } = await promisify(execFile)('bash', [`timescale/backup/${name}.sh`, file], {
    cwd: projectRoot,
    env: {
      ...process.env,
      PGHOST: hostname,
      PGPORT: port,
      PGUSER: decodeURIComponent(username),
      PGPASSWORD: decodeURIComponent(password),
      PGDATABASE: pathname.slice(1),
    },
  });
  return stdout;
}

test.skipIf(reason !== null)(
  `a dump taken under load, restored and given to a processor, ends as the original${reason === null ? '' : ` (${reason})`}`,
  async () => {
    const server = nativeServer() ?? '';
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-backup-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'holdfast.dump');
    const topic = await orderTopic({ brokers: kafkaBrokers(), seed: 'backup' });
    const original = await processingRun(topic, 'original', { HOLDFAST_BATCH_SIZE: '100' });
    const processor = await startReadyProcessor(original.env);
    await topic.send(EVENTS);
    await eventually('some work', async () => (await processedRecords(original)) > EVENTS / 4, {
      everyMs: 20,
    });
    const [said] = await Promise.all([script('dump', original.databaseUrl, file), topic.send(EVENTS)]);
    expect(said).toMatch(/timescaledb=[\d.]+ schema=\d{4}_\w+\.sql/);
    await untilProcessed(original, processor);
    await processor.terminate();

    const name = `holdfast_restored_${randomBytes(6).toString('hex')}`;
    await createDatabase(server, name);
    onTestFinished(() => dropDatabase(server, name));
    const restored = databaseUrl(server, name);
    await script('restore', restored, file);
    const pool = new pg.Pool({ connectionString: restored, max: 2 });
    pool.on('error', () => undefined);
    onTestFinished(() => pool.end());
    await pool.query('SELECT _timescaledb_functions.stop_background_workers()');
    const run = {
      ...original,
      databaseUrl: restored,
      pool,
      env: { ...original.env, DATABASE_URL: restored },
    };
    const before = await processedRecords(run);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(2 * EVENTS);

    // The same group: what Kafka believes that it has committed is ahead of the database, and does not matter.
    const successor = await startReadyProcessor(run.env);
    await untilProcessed(run, successor);
    await successor.terminate();
    expect(differences(await databaseState(pool), await databaseState(original.pool))).toBe('');
    await expect(script('restore', restored, file)).rejects.toThrow('is not empty');
  },
  TIMEOUT_MS,
);
