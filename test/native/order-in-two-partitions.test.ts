import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import type { ProcessorContext } from '../../processor/context.ts';
import { positionAt } from '../../processor/ingest/positions.ts';
import { PositionMoved, processBatch } from '../../processor/ingest/process-batch.ts';
import { processPersistently } from '../../processor/ingest/process-persistently.ts';
import { readPosition } from '../../processor/sql/read-position.ts';
import { freshDatabase, skipUnlessNative } from '../support/database.ts';
import { emptyTables, stockProducts } from '../support/empty-tables.ts';
import { created, recordOf } from '../support/oracle/example.ts';
import { oracle } from '../support/oracle/oracle.ts';
import { expectedState, storedState, withinTolerance } from '../support/oracle/stored-state.ts';
import { CONTRACT_THRESHOLDS, type KafkaRecord } from '../support/oracle/types.ts';
import { batchContext, ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { halted, Stop, stoppingBefore } from '../support/stepped-database.ts';
import { CATALOGUE } from '../support/traffic/pools.ts';
import { drafts, placed } from '../support/traffic/records.ts';
import { NOW } from '../support/traffic/times.ts';

const CASES = Number(process.env.RACE_CASES ?? 20);
const PROGRAMS = ['left', 'right'] as const;

let databases: Database[];
let watcher: Database;
const handler = ordersHandlerOf();

beforeAll(async () => {
  const { url, native } = await freshDatabase();
  if (!native) return;
  // Deadlocks of two batches are part of the game; they need not take a second each.
  const impatient = `${url}?options=${encodeURIComponent('-c deadlock_timeout=50ms')}`;
  databases = PROGRAMS.map((program) => processorDatabase(impatient, program));
  watcher = processorDatabase(url, 'watcher');
});

function consumed({ offset, kafkaTimestampMs, value }: KafkaRecord) {
  return { offset, timestampMs: kafkaTimestampMs, key: null, value, headers: {} };
}

describe('the events of an order in two partitions', () => {
  async function conflictsOf(context: ProcessorContext): Promise<number> {
    const { values } = await context.metrics.retries.get();
    return values.reduce((sum, { value }) => sum + value, 0);
  }

  /** Both partitions at once, each stopped after it has read the orders, until the other has read them too. */
  async function processBoth(records: readonly KafkaRecord[], first: number): Promise<number> {
    const stops = [new Stop(), new Stop()];
    const contexts = databases.map((database, i) =>
      batchContext(stoppingBefore(database, 'insert_events', stops[i]!), NOW),
    );
    const runs = contexts.map(async (context, partition) => {
      const own = records.filter((record) => record.partition === partition);
      const { epoch, nextOffset } = await readPosition(watcher, 'orders', partition, 0);
      const position = positionAt(epoch, nextOffset, null);
      const payload = { heartbeat: async () => undefined };
      await processPersistently(context, handler, partition, position, own.map(consumed), payload);
    });
    const settled = Promise.allSettled(runs);
    for (const [i, run] of runs.entries()) await halted(run, stops[i]!, watcher, PROGRAMS[i]!);
    stops[first]!.letOn();
    await halted(runs[first]!, null, watcher, PROGRAMS[first]!);
    stops[1 - first]!.letOn();
    for (const outcome of await settled) if (outcome.status === 'rejected') throw outcome.reason;
    const conflicts = await Promise.all(contexts.map(conflictsOf));
    return conflicts.reduce((a, b) => a + b, 0);
  }

  skipUnlessNative(
    'make the same state as in one, however two processors get in each other’s way',
    async () => {
      const seed = randomInt(2 ** 31);
      let conflicts = 0;
      for (const [i, list] of fc.sample(drafts, { seed, numRuns: CASES }).entries()) {
        await emptyTables(watcher);
        await stockProducts(watcher, CATALOGUE);
        const records = placed(list, {
          seed: i + 1,
          partitions: 2,
          keyed: false,
          instances: 2,
          longestBatch: 1,
        });
        conflicts += await processBoth(records, i % 2);
        const expected = expectedState(
          oracle({ records, catalogue: CATALOGUE, thresholds: CONTRACT_THRESHOLDS, now: NOW }),
        );
        const found = withinTolerance(await storedState(watcher), expected);
        expect(found, `case ${i} of seed ${seed}`).toEqual(expected);
      }
      expect(conflicts).toBeGreaterThan(0);
    },
    600_000,
  );
});

describe('one partition claimed by two instances', () => {
  skipUnlessNative('is given to one of them, the other is told, and nothing is doubled', async () => {
    await emptyTables(watcher);
    const { epoch, nextOffset } = await readPosition(watcher, 'orders', 7, 0);
    const records = ['a', 'b', 'c'].map((id, offset) => ({
      ...recordOf(created(id, offset), offset),
      partition: 7,
    }));
    const batch = { partition: 7, epoch, expected: nextOffset, refused: new Map() };
    const stop = new Stop();
    // The winner has written everything and is about to commit when the other comes.
    const winner = processBatch(
      stoppingBefore(databases[0]!, 'COMMIT', stop),
      handler,
      { ...batch, records: records.slice(0, 2).map(consumed) },
      NOW,
    );
    expect(await halted(winner, stop, watcher, 'left')).toBe('stopped');
    const loser = processBatch(databases[1]!, handler, { ...batch, records: records.map(consumed) }, NOW);
    const lost = loser.catch((error: unknown) => error);
    expect(await halted(loser, null, watcher, 'right')).toBe('waiting');
    stop.letOn();
    expect((await winner).next).toBe(2);
    expect(await lost).toBeInstanceOf(PositionMoved);

    const { rows } = await watcher.query(
      `SELECT (SELECT count(*) FROM orders_raw) AS raw, (SELECT count(*) FROM events) AS events,
              (SELECT count(*) FROM orders) AS orders, (SELECT max(revision) FROM orders) AS revision,
              (SELECT sum(delta) FROM state_deltas WHERE kind = 'backlog') AS backlog,
              (SELECT next_offset FROM consumer_offsets WHERE partition = 7) AS position`,
    );
    expect(rows[0]).toEqual({ raw: 2, events: 2, orders: 2, revision: 1, backlog: 2, position: 2 });
  });

  skipUnlessNative('goes to the second when the first one fails', async () => {
    await emptyTables(watcher);
    const { epoch, nextOffset } = await readPosition(watcher, 'orders', 8, 0);
    const records = [{ ...recordOf(created('d', 0), 0), partition: 8 }].map(consumed);
    const batch = { partition: 8, epoch, expected: nextOffset, records, refused: new Map() };
    const stop = new Stop();
    const failing = processBatch(stoppingBefore(databases[0]!, 'COMMIT', stop), handler, batch, NOW);
    const failed = failing.catch((error: unknown) => error);
    expect(await halted(failing, stop, watcher, 'left')).toBe('stopped');
    const second = processBatch(databases[1]!, handler, batch, NOW);
    expect(await halted(second, null, watcher, 'right')).toBe('waiting');
    await watcher.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'holdfast-left' AND state = 'idle in transaction'`,
    );
    stop.letOn();
    expect(await failed).toBeInstanceOf(Error);
    expect((await second).next).toBe(1);
    const { rows } = await watcher.query('SELECT count(*) AS raw FROM orders_raw');
    expect(rows[0]).toEqual({ raw: 1 });
  });
});
