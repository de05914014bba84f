import pg from 'pg';
import { fillWithOrders } from './dashboards/fill.ts';
import { fillOrders } from './fill-topics.ts';
import { type BenchDatabase, freshBenchDatabase } from './services.ts';
import { measureThroughput, type ThroughputRun } from './throughput.ts';

export interface ScaleOptions {
  brokers: string;
  /** Records in the topic. */
  events: number;
  /** Events that the databases hold before. */
  sizes: readonly number[];
  say: (line: string) => void;
}

export interface ScaleResult {
  events: number;
  sizes: { stored: number; gigabytes: number; empty: ThroughputRun; full: ThroughputRun; ratio: number }[];
}

/** Of the filled history: an order of the fill leaves so many events behind. */
const EVENTS_OF_ORDER = 5.7;
/** What the processor reads and writes for topic `orders`; the rest of the boards' fill is none of its business. */
const WRITTEN = [
  'make-orders',
  'fill-order-keys',
  'fill-orders',
  'fill-events',
  'fill-raw',
  'fill-arrivals',
] as const;
const HISTORY_DAYS = 30;

/** How fast the same topic is consumed into a database that holds much already, and into an empty one just before. */
export async function measureScale(options: ScaleOptions): Promise<ScaleResult> {
  const { events, say } = options;
  await fillOrders(options);
  const sizes: ScaleResult['sizes'] = [];
  for (const stored of options.sizes) {
    const before = await consumeInto(options, 0);
    const { gigabytes, run } = await consumeInto(options, stored);
    const ratio = run.recordsPerSecond / before.run.recordsPerSecond;
    sizes.push({ stored, gigabytes, empty: before.run, full: run, ratio });
    say(`${stored} events stored: ${ratio.toFixed(2)} of the speed into an empty database`);
  }
  return { events, sizes };
}

async function consumeInto(
  { brokers, events, say }: ScaleOptions,
  stored: number,
): Promise<{ gigabytes: number; run: ThroughputRun }> {
  const database = await freshBenchDatabase();
  try {
    if (stored > 0) await fill(database, stored, say);
    const gigabytes = await sizeOf(database);
    const run = await measureThroughput({ brokers, database, events });
    say(`${stored} events stored: ${run.recordsPerSecond.toFixed(0)} records/s`);
    return { gigabytes, run };
  } finally {
    await database.drop();
  }
}

/** The result as text. */
export function scaleReport({ events, sizes }: ScaleResult): string {
  const lines = sizes.map(
    ({ stored, gigabytes, empty, full, ratio }) =>
      `${String(stored).padStart(12)} ${gigabytes.toFixed(1).padStart(8)} ${empty.recordsPerSecond.toFixed(0).padStart(10)} ${full.recordsPerSecond.toFixed(0).padStart(10)} ${ratio.toFixed(2).padStart(6)} ${(full.databaseCpu ?? Number.NaN).toFixed(1).padStart(10)}`,
  );
  return `
${events} records, records a second into an empty database and into a full one
      stored       GB      empty       full  ratio   db core-s per million
${lines.join('\n')}
`;
}

async function withClient<T>(database: BenchDatabase, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function fill(database: BenchDatabase, stored: number, say: (line: string) => void): Promise<void> {
  return withClient(database, async (client) => {
    await fillWithOrders(client, Math.round(stored / EVENTS_OF_ORDER), HISTORY_DAYS, say, WRITTEN);
    say('VACUUM ANALYZE');
    await client.query('VACUUM ANALYZE');
    await client.query('CHECKPOINT');
  });
}

function sizeOf(database: BenchDatabase): Promise<number> {
  return withClient(database, async (client) => {
    const { rows } = await client.query<{ bytes: string }>(
      'SELECT pg_database_size(current_database()) AS bytes',
    );
    return Number(rows[0]?.bytes) / 1e9;
  });
}
