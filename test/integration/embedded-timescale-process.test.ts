import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EmbeddedServers } from '../support/template-server.ts';

let servers: EmbeddedServers;

beforeAll(async () => {
  servers = await EmbeddedServers.create();
});
afterEach(() => servers.release());
afterAll(() => servers?.remove());

describe('the data folder', () => {
  const HYPERTABLE = `
    CREATE TABLE readings (at timestamptz NOT NULL, n int);
    SELECT create_hypertable('readings', 'at', chunk_time_interval => interval '1 day')`;
  const AGGREGATE = `
    CREATE MATERIALIZED VIEW hourly WITH (timescaledb.continuous) AS
    SELECT time_bucket('1 hour', at) AS hour, sum(n) AS total FROM readings GROUP BY 1 WITH NO DATA`;
  const FILL = `INSERT INTO readings SELECT '2024-01-01Z'::timestamptz + i * interval '1 hour', 1 FROM generate_series(0, 71) i`;

  test('a kill -9 loses no acknowledged row, and hypertables and aggregates work after it', async () => {
    const dataDir = await servers.folder();
    const killed = await servers.start(dataDir);
    const writer = servers.pool(killed.url, 2);
    await writer.query(HYPERTABLE);
    await writer.query(AGGREGATE);
    const acknowledged: number[] = [];
    const write = async () => {
      for (let n = acknowledged.length; ; n += 1) {
        await writer.query(
          `INSERT INTO readings VALUES ('2024-02-01Z'::timestamptz + $1 * interval '1 minute', $1)`,
          [n],
        );
        acknowledged.push(n);
      }
    };
    const writing = write().catch(() => undefined);
    await sleep(1_000);
    process.kill(killed.pid, 'SIGKILL');
    await writing;
    expect(await killed.exited).toBeNull();
    expect(acknowledged.length).toBeGreaterThan(20);

    const reader = servers.pool((await servers.start(dataDir)).url);
    const kept = (await reader.query('SELECT n FROM readings ORDER BY n')).rows.map((row) => row.n);
    expect(kept.slice(0, acknowledged.length)).toEqual(acknowledged);
    await reader.query(FILL);
    await reader.query(`CALL refresh_continuous_aggregate('hourly', NULL, NULL)`);
    const { rows } = await reader.query(
      `SELECT count(*)::int AS hours FROM hourly WHERE hour < '2024-01-04Z'`,
    );
    expect(rows).toEqual([{ hours: 72 }]);
    const chunks = await reader.query(
      `SELECT count(*)::int AS n FROM show_chunks('readings', older_than => '2024-01-31Z'::timestamptz)`,
    );
    expect(chunks.rows).toEqual([{ n: 3 }]);
    await reader.query(AGGREGATE.replace('hourly', 'hourly_again'));
  });

  test('a second server on the same folder or port is refused, and told who holds it', async () => {
    const dataDir = await servers.folder();
    const holder = await servers.start(dataDir);
    await expect(servers.start(dataDir)).rejects.toMatchObject({
      code: 'FOLDER_IN_USE',
      message: expect.stringContaining(`already served by process ${holder.pid}`),
    });
    await expect(servers.start(await servers.folder(), holder.port)).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining(`Port ${holder.port}`),
    });
  });

  test('a broken one is an error that names the way out', async () => {
    const dataDir = await servers.folder();
    await truncate(join(dataDir, 'cluster', 'global', 'pg_control'), 100);
    await expect(servers.start(dataDir)).rejects.toMatchObject({
      code: 'FOLDER_BROKEN',
      message: expect.stringContaining('npm start -- --reset'),
    });
  });
});

describe('the process', () => {
  test('a crash of the database ends it with a message for the clients, and the next start recovers', async () => {
    const dataDir = await servers.folder();
    const crashing = await servers.start(dataDir);
    const one = await servers.client(crashing.url);
    await one.query('CREATE TABLE crashed AS SELECT 1 AS n');
    // Reads from a device of the WASM file system that throws when nothing has been put there.
    await expect(one.query(`COPY crashed FROM '/dev/blob'`)).rejects.toThrow(
      /crashed .* has to be restarted/,
    );
    expect(await crashing.exited).toBe(70);
    const again = servers.pool((await servers.start(dataDir)).url);
    expect((await again.query('SELECT n FROM crashed')).rows).toEqual([{ n: 1 }]);
  });

  test('it ends with the process that started it, even when that is killed', async () => {
    const dataDir = await servers.folder();
    const module = fileURLToPath(new URL('../../stack/timescale/start.ts', import.meta.url));
    const script = `
      const { startEmbeddedTimescale } = await import(${JSON.stringify(module)});
      const { pid } = await startEmbeddedTimescale({ dataDir: ${JSON.stringify(dataDir)}, port: 0 });
      console.log(pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, [
      '--import',
      import.meta.resolve('tsx'),
      '--input-type=module',
      '-e',
      script,
    ]);
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(String(line));
    expect(pid).toBeGreaterThan(1);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
  });

  test('stop() closes it cleanly, however often it is called, and with a transaction open', async () => {
    const stopping = await servers.start(await servers.folder());
    const one = await servers.client(stopping.url);
    await one.query('BEGIN');
    await Promise.all([stopping.stop(), stopping.stop()]);
    expect(await stopping.exited).toBe(0);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
