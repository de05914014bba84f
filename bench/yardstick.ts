import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { BenchDatabase } from './services.ts';

const COLUMNS =
  'topic, epoch, partition, kafka_offset, kafka_timestamp, kafka_timestamp_original, delay_bin, row_payload';

/** The same table as orders_raw: chunks, unique index, generated column; no rollups on it, which favours the yardstick. */
const SAME_TABLE = `
  DROP TABLE IF EXISTS yardstick;
  CREATE TABLE yardstick (LIKE orders_raw INCLUDING DEFAULTS INCLUDING GENERATED);
  SELECT create_hypertable('yardstick', by_range('kafka_timestamp', INTERVAL '7 days'), create_default_indexes => false);
  CREATE UNIQUE INDEX ON yardstick (topic, epoch, partition, kafka_offset, kafka_timestamp);`;

const INSERT_BATCH = 5000;

/**
 * Rows a second of the barest way to get the rows of orders_raw into such a table: one psql COPY session from a file,
 * or, on the embedded database, which has no COPY FROM STDIN, jsonb-array inserts of 5,000 without conflict handling.
 */
export async function measureYardstick(database: BenchDatabase): Promise<number> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(SAME_TABLE);
    return database.native ? await copyWithPsql(database.url) : await insertArrays(client);
  } finally {
    await client.end();
  }
}

async function copyWithPsql(url: string): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-bench-copy-'));
  const file = join(directory, 'rows');
  try {
    await psql(url, `\\copy (SELECT ${COLUMNS} FROM orders_raw ORDER BY kafka_offset) TO '${file}'`);
    const started = performance.now();
    const said = await psql(url, `\\copy yardstick (${COLUMNS}) FROM '${file}'`);
    return Number(/COPY (\d+)/.exec(said)?.[1]) / ((performance.now() - started) / 1000);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function psql(url: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('psql', ['-X', '-v', 'ON_ERROR_STOP=1', url, '-c', command], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('error', () =>
      reject(new Error('psql is needed to measure COPY: install the PostgreSQL client.')),
    );
    child.once('exit', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`psql ended with status ${code}`)),
    );
  });
}

async function insertArrays(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ batch: string; n: string }>(`
    SELECT count(*) AS n, jsonb_agg(jsonb_build_array(topic, epoch, partition, kafka_offset, kafka_timestamp, delay_bin, row_payload))::text AS batch
    FROM (SELECT *, (row_number() OVER (ORDER BY kafka_offset) - 1) / ${INSERT_BATCH} AS part FROM orders_raw) AS numbered
    GROUP BY part`);
  const started = performance.now();
  let inserted = 0;
  for (const { batch, n } of rows) {
    await client.query(
      `INSERT INTO yardstick (topic, epoch, partition, kafka_offset, kafka_timestamp, delay_bin, row_payload)
       SELECT e->>0, (e->1)::integer, (e->2)::integer, (e->3)::bigint, (e->>4)::timestamptz, (e->5)::smallint, e->6
       FROM jsonb_array_elements($1::jsonb) AS e`,
      [batch],
    );
    inserted += Number(n);
  }
  return inserted / ((performance.now() - started) / 1000);
}
