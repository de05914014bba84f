import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { refreshRollups } from '../processor/rollups/refresh-rollups.ts';
import { fillWithOrders } from './dashboards/fill.ts';
import { measurePanels } from './dashboards/measure.ts';
import { freshBenchDatabase } from './services.ts';

const HELP = `npm run bench:dashboards -- [--orders N] [--days N] [--spans D,D] [--runs N] [--database URL]

Measures every SQL panel of the boards over 1, 7 and 30 days, or those of --spans (warm, 95th percentile), and where it
asks a rollup, the same question asked of the facts. On a database of its own on the server of DATABASE_URL (or an embedded
one), filled with N orders, about 5.7 events each, and dropped afterwards; or on one that is filled already.
`;

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1750000' },
    days: { type: 'string', default: '30' },
    spans: { type: 'string', default: '1,7,30' },
    runs: { type: 'string', default: '20' },
    database: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

const say = (line: string) => process.stderr.write(`${line}\n`);

async function filled(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    // Policies that run meanwhile make runs differ.
    await pool.query('SELECT _timescaledb_functions.stop_background_workers()');
    const client = await pool.connect();
    await fillWithOrders(client, Number(values.orders), Number(values.days), say);
    client.release();
    await refreshRollups(pool, { from: null, to: null }, (name, ms) =>
      say(`${name}: ${(ms / 1000).toFixed(1)} s`),
    );
    await pool.query('VACUUM ANALYZE');
  } finally {
    await pool.end();
  }
}

/** What the role has when it signs in: whoever takes it on later goes without. */
async function settingsOfReader(url: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    const { rows } = await pool.query<{ setting: string }>(
      `SELECT unnest(rolconfig) AS setting FROM pg_roles WHERE rolname = 'grafana_reader'`,
    );
    return rows.map(({ setting }) => `-c ${setting}`).join(' ');
  } finally {
    await pool.end();
  }
}

const database =
  values.database === undefined
    ? await freshBenchDatabase()
    : { url: values.database, drop: async () => undefined };
try {
  if (values.database === undefined) await filled(database.url);
  const settings = await settingsOfReader(database.url);
  const pool = (options: string) => new pg.Pool({ connectionString: database.url, max: 1, options });
  const owner = pool(settings);
  const reader = pool(`-c role=grafana_reader ${settings}`);
  const speeds = await measurePanels(
    reader,
    owner,
    values.spans.split(',').map(Number),
    Number(values.runs),
    (speed) => {
      const times = speed.raw === undefined ? '' : `${(speed.raw / speed.p95).toFixed(0)}x`;
      process.stdout.write(
        `${speed.p95.toFixed(1).padStart(8)} ms ${times.padStart(7)}  ${String(speed.days).padStart(2)} d  ${speed.board}: ${speed.panel}\n`,
      );
    },
  );
  await Promise.all([owner.end(), reader.end()]);
  mkdirSync('.holdfast/bench', { recursive: true });
  writeFileSync('.holdfast/bench/dashboards.json', `${JSON.stringify(speeds, null, 2)}\n`);
  const slow = speeds.filter(({ p95 }) => p95 > 200);
  process.stdout.write(`${speeds.length} measured, ${slow.length} over 200 ms\n`);
} finally {
  await database.drop();
}
