import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedTimescale, startEmbeddedTimescale } from '../../stack/timescale/start.ts';
import { EmbeddedServers, IDLE_IN_TRANSACTION_MS } from '../support/template-server.ts';

const hasPsql = spawnSync('psql', ['--version']).status === 0;

let servers: EmbeddedServers;
let server: EmbeddedTimescale;

const client = (url = server.url, config: pg.ClientConfig = {}) => servers.client(url, config);
const pool = () => servers.pool(server.url);

const isPending = async (promise: Promise<unknown>): Promise<boolean> =>
  (await Promise.race([promise.then(() => 'done'), sleep(100, 'pending')])) === 'pending';

beforeAll(async () => {
  servers = await EmbeddedServers.create();
  server = await startEmbeddedTimescale({
    dataDir: await servers.folder(),
    port: 0,
    idleInTransactionMs: IDLE_IN_TRANSACTION_MS,
  });
});
afterEach(() => servers.release());
afterAll(async () => {
  await server?.stop();
  await servers?.remove();
});

describe('several clients at once', () => {
  test('pools write side by side and lose nothing', async () => {
    const pools = [pool(), pool(), pool()];
    await pools[0]?.query('CREATE TABLE side_by_side (pool int, n int)');
    await Promise.all(
      pools.flatMap((each, number) =>
        Array.from({ length: 40 }, (_, n) =>
          each.query('INSERT INTO side_by_side VALUES ($1, $2)', [number, n]),
        ),
      ),
    );
    const { rows } = await pool().query('SELECT count(DISTINCT (pool, n))::int AS n FROM side_by_side');
    expect(rows).toEqual([{ n: 120 }]);
  });

  test.skipIf(!hasPsql)('psql works beside a pool, and is told why COPY FROM STDIN does not', async () => {
    const shared = pool();
    await shared.query('CREATE TABLE by_psql (n int)');
    const script = `
      BEGIN; INSERT INTO by_psql VALUES (1); COMMIT;
      \\copy by_psql FROM PROGRAM 'seq 1 3'
      INSERT INTO by_psql VALUES (2);
      COPY (SELECT sum(n) FROM by_psql) TO STDOUT;
      \\d by_psql`;
    const psql = spawn('psql', ['--no-psqlrc', server.url]);
    let output = '';
    psql.stdout.on('data', (chunk) => {
      output += chunk;
    });
    psql.stderr.on('data', (chunk) => {
      output += chunk;
    });
    psql.stdin.end(script);
    const busy = Promise.all(Array.from({ length: 50 }, () => shared.query('SELECT 1')));
    const [status] = await once(psql, 'close');
    await busy;
    expect(output).toContain('the embedded TimescaleDB cannot COPY FROM STDIN');
    expect(output).toMatch(/^3$/m);
    expect(output).toContain('Table "public.by_psql"');
    expect(status).toBe(0);
  });

  test('a transaction owns the database until it ends, then the next one goes on', async () => {
    const [first, second] = [await client(), await client()];
    await first.query('CREATE TABLE taking_turns (n int)');
    await first.query('BEGIN');
    await first.query('INSERT INTO taking_turns VALUES (1)');
    const waiting = second.query('SELECT count(*)::int AS n FROM taking_turns');
    expect(await isPending(waiting)).toBe(true);
    await first.query('COMMIT');
    expect((await waiting).rows).toEqual([{ n: 1 }]);
  });

  test('a client killed within a transaction is rolled back and holds up nobody', async () => {
    const [victim, other] = [await client(), await client()];
    await other.query('CREATE TABLE killed (n int)');
    await victim.query('BEGIN');
    await victim.query('INSERT INTO killed VALUES (1)');
    const waiting = other.query('SELECT count(*)::int AS n FROM killed');
    (victim as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    expect((await waiting).rows).toEqual([{ n: 0 }]);
  });

  test('a client silent within a transaction is disconnected after the time-out', async () => {
    const [silent, other] = [await client(), await client()];
    const told = once(silent, 'error');
    await silent.query('BEGIN');
    const started = performance.now();
    await other.query('SELECT 1');
    expect(performance.now() - started).toBeGreaterThan(IDLE_IN_TRANSACTION_MS * 0.9);
    expect((await told)[0]).toMatchObject({ code: '25P03', severity: 'FATAL' });
  });

  test('a cancel request calls off a statement that waits for its turn', async () => {
    const [holder, waiter] = [await client(), await client()];
    await holder.query('BEGIN');
    const waiting = waiter.query('SELECT 1');
    const { processID, secretKey } = waiter as unknown as { processID: number; secretKey: number };
    const packet = Buffer.alloc(16);
    [16, 80877102, processID, secretKey].forEach((word, i) => {
      packet.writeInt32BE(word, 4 * i);
    });
    const socket = connect(server.port, '127.0.0.1');
    socket.end(packet);
    await expect(waiting).rejects.toMatchObject({ code: '57014' });
    await holder.query('ROLLBACK');
    expect((await waiter.query('SELECT 2 AS n')).rows).toEqual([{ n: 2 }]);
  });
});

describe('one session, kept apart', () => {
  test('the same statement name means each connection its own statement', async () => {
    const clients = await Promise.all([1, 2, 3].map(() => client()));
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(
        clients.map((each, i) =>
          each.query({ name: 'mine', text: `SELECT $1::int * ${i} AS n`, values: [10] }),
        ),
      );
      expect(answers.map((answer) => answer.rows[0].n)).toEqual([0, 10, 20]);
    }
    await clients[0]?.end();
    const { rows } = await pool().query(
      'SELECT count(*)::int AS n FROM pg_prepared_statements WHERE name <> $1',
      [''],
    );
    expect(rows).toEqual([{ n: 2 }]);
  });

  test('settings and roles belong to the connection that set them', async () => {
    const [seoul, plain] = [await client(), await client()];
    await plain.query('CREATE ROLE modest');
    await seoul.query(`SET TIME ZONE 'Asia/Seoul'; SET ROLE modest`);
    const ask = `SELECT current_setting('TimeZone') AS zone, current_user AS who, current_setting('search_path') AS path`;
    const path = '"$user", public';
    expect((await plain.query(ask)).rows).toEqual([{ zone: 'GMT', who: 'postgres', path }]);
    expect((await seoul.query(ask)).rows).toEqual([{ zone: 'Asia/Seoul', who: 'modest', path }]);
    await expect(seoul.query('CREATE TABLE forbidden ()')).rejects.toMatchObject({ code: '42501' });
    await seoul.query('RESET ROLE');
    expect((await seoul.query(ask)).rows).toEqual([{ zone: 'Asia/Seoul', who: 'postgres', path }]);
    await plain.query("SELECT set_config('TimeZone', 'UTC', false)");
    expect((await seoul.query(ask)).rows).toEqual([{ zone: 'Asia/Seoul', who: 'postgres', path }]);
    expect((await plain.query(ask)).rows).toEqual([{ zone: 'UTC', who: 'postgres', path }]);
  });

  test('settings in the connection string hold, SET LOCAL ends with its transaction', async () => {
    const odd = await client(server.url, { options: '-c timezone=Asia/Seoul -c search_path=public' });
    const zone = async () => (await odd.query('SHOW timezone')).rows[0].TimeZone;
    expect(await zone()).toBe('Asia/Seoul');
    await odd.query(`BEGIN; SET LOCAL timezone = 'UTC'`);
    expect(await zone()).toBe('UTC');
    await odd.query('COMMIT');
    expect(await zone()).toBe('Asia/Seoul');
  });
});

describe('the protocol', () => {
  test('an error within a transaction keeps it failed until ROLLBACK', async () => {
    const one = await client();
    await one.query('BEGIN');
    await expect(one.query('SELECT 1/0')).rejects.toMatchObject({ code: '22012' });
    await expect(one.query('SELECT $1::int', [1])).rejects.toMatchObject({ code: '25P02' });
    await one.query('ROLLBACK');
    expect((await one.query('SELECT $1::int AS n', [1])).rows).toEqual([{ n: 1 }]);
  });

  test('COPY FROM STDIN is an error the server survives', async () => {
    const one = await client();
    await one.query('CREATE TABLE no_copy (n int)');
    for (const values of [undefined, []]) {
      await expect(one.query({ text: 'COPY no_copy FROM STDIN', values: values ?? [] })).rejects.toThrow(
        /cannot COPY FROM STDIN; insert rows/,
      );
    }
    expect((await one.query('SELECT count(*)::int AS n FROM no_copy')).rows).toEqual([{ n: 0 }]);
  });

  // The backend reads 8,192 bytes at a time: what matters are messages that end where such a piece does.
  test.each([8117, 8127, 8134, 8150, 8160, 8167, 16_309, 16_319, 16_326, 16_342, 16_352, 16_359])(
    'a parameter of %d bytes is answered',
    async (length) => {
      const connection = await client();
      const ask = { text: 'SELECT length($1::text) AS n', values: ['x'.repeat(length)] };
      expect((await connection.query(ask)).rows).toEqual([{ n: length }]);
      expect((await connection.query({ ...ask, name: 'q' })).rows).toEqual([{ n: length }]);
    },
  );

  test('a parameter of 8 MB arrives whole, and so does the answer', async () => {
    const text = '가나다 abc '.repeat(600_000);
    const { rows } = await (await client()).query(
      'SELECT length($1::text) AS n, md5($1) AS sum, $1 AS text',
      [text],
    );
    expect(rows[0].n).toBe(text.length);
    expect(rows[0].text).toBe(text);
  });

  test('notices reach the connection that caused them', async () => {
    const [loud, quiet] = [await client(), await client()];
    const heard: string[] = [];
    for (const [name, each] of Object.entries({ loud, quiet })) {
      each.on('notice', ({ message }) => heard.push(`${name}: ${message}`));
    }
    await Promise.all([loud.query(`DO $$ BEGIN RAISE NOTICE 'hello'; END $$`), quiet.query('SELECT 1')]);
    expect(heard).toEqual(['loud: hello']);
  });

  test('a portal is read in portions, a cursor within its transaction', async () => {
    const one = await client();
    const portions = { text: 'SELECT generate_series(1, 7) AS n WHERE $1', values: [true], rows: 3 };
    expect((await one.query(portions)).rows).toHaveLength(7);
    await one.query('BEGIN; DECLARE numbers CURSOR FOR SELECT generate_series(1, 5) AS n');
    expect((await one.query('FETCH 2 FROM numbers')).rows).toEqual([{ n: 1 }, { n: 2 }]);
    expect((await one.query('FETCH 9 FROM numbers')).rows).toHaveLength(3);
    await one.query('COMMIT');
  });

  test('several statements in one message, the last of them wrong, are undone together', async () => {
    const one = await client();
    await expect(one.query('CREATE TABLE undone (); SELECT nonsense')).rejects.toMatchObject({
      code: '42703',
    });
    expect((await one.query(`SELECT to_regclass('undone') AS name`)).rows).toEqual([{ name: null }]);
  });

  test('another database is refused with the name of the one there is', async () => {
    const url = server.url.replace(/postgres$/, 'shop');
    await expect(client(url)).rejects.toThrow(/database "shop" does not exist.*"postgres"/);
  });

  test('whoever speaks something else is shown out', async () => {
    const socket = connect(server.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await once(socket, 'close');
    expect(answer).toContain('this port speaks the PostgreSQL protocol only');
  });
});
