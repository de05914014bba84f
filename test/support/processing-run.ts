import pg from 'pg';
import { expect, onTestFinished } from 'vitest';
import { freshDatabase } from './database.ts';
import { eventually } from './eventually.ts';
import { type DatabaseState, databaseState, differences, fingerprint } from './fingerprint.ts';
import type { OrderTopic } from './order-topic.ts';
import { type ProcessorProcess, startReadyProcessor } from './processor-process.ts';

const PROCESSED_WITHIN_MS = 240_000;

/** A consumer group with a database of its own on a topic that others read as well. */
export interface ProcessingRun {
  readonly topic: OrderTopic;
  readonly databaseUrl: string;
  /** Two connections, not by way of any proxy. */
  readonly pool: pg.Pool;
  /** Environment of its processors. */
  readonly env: Record<string, string>;
}

/** @param settings environment of its processors on top of what they need */
export async function processingRun(
  topic: OrderTopic,
  group: string,
  settings: Readonly<Record<string, string>> = {},
  url?: string,
): Promise<ProcessingRun> {
  const databaseUrl = url ?? (await freshDatabase()).url;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', () => undefined); // idle clients lose their server when a test stops it
  onTestFinished(() => pool.end());
  await topic.stock(pool);
  return { topic, databaseUrl, pool, env: { ...topic.env(databaseUrl, group), ...settings } };
}

/** How many records of topic `orders` are processed. */
export async function processedRecords({ pool }: ProcessingRun): Promise<number> {
  const { rows } = await pool.query<{ sum: string | null }>(
    `SELECT sum(next_offset) FROM consumer_offsets WHERE topic = 'orders'`,
  );
  return Number(rows[0]?.sum ?? 0);
}

/** Waits until all records are processed and the outbox is empty. */
export async function untilProcessed(run: ProcessingRun, processor: ProcessorProcess): Promise<void> {
  const ends = await run.topic.ends();
  const wanted = [...ends.values()].reduce((sum, end) => sum + end, 0);
  await eventually(
    `${wanted} records to be processed`,
    async () => {
      if ((await processedRecords(run)) < wanted) return false;
      const { rows } = await run.pool.query<{ count: string }>('SELECT count(*) FROM kafka_outbox');
      return rows[0]?.count === '0';
    },
    { timeoutMs: PROCESSED_WITHIN_MS, everyMs: 250, explain: processor.log },
  );
}

/** The state after one processor has read the whole topic undisturbed. */
export async function undisturbedState(topic: OrderTopic): Promise<DatabaseState> {
  const run = await processingRun(topic, 'undisturbed');
  const processor = await startReadyProcessor(run.env);
  await untilProcessed(run, processor);
  await processor.terminate();
  return databaseState(run.pool);
}

/** Fails, naming tables and rows, unless the run's database is in this state. */
export async function expectState(run: ProcessingRun, expected: DatabaseState): Promise<void> {
  const actual = await databaseState(run.pool);
  expect(differences(actual, expected)).toBe('');
  expect(fingerprint(actual)).toEqual(fingerprint(expected));
}
