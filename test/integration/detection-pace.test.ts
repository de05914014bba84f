import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import { loadConfig } from '../../platform/config/load.ts';
import type { Database, Queryable } from '../../platform/database/database.ts';
import { findFirstFact } from '../../processor/detection/sql/find-first-fact.ts';
import { loadPointsSince } from '../../processor/detection/sql/load-points-since.ts';
import { readMeasures } from '../../processor/detection/sql/read-measures.ts';
import { readRestaurants } from '../../processor/detection/sql/read-restaurants.ts';
import { SOURCES } from '../../processor/detection/sql/sources.ts';
import { createFollowers } from '../../processor/sequence/followers.ts';
import type { Sequencer } from '../../processor/sequence/sequencer.ts';
import { freshDatabase } from '../support/database.ts';
import { recordAt } from '../support/drive-batches.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { created, MIDNIGHT } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';
import { type Partition, SequenceStage } from '../support/sequence/sequence-stage.ts';

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;
const STEP = HOUR / 12;
const ORDERS: Partition = { topic: 'orders', partition: 0 };
const RIDERS: Partition = { topic: 'riders', partition: 0 };

let database: Database;
let stage: SequenceStage;
let offset = 0;

beforeAll(async () => {
  database = processorDatabase((await freshDatabase()).url);
});

beforeEach(async () => {
  await emptyTables(database);
  offset = 0;
  stage = new SequenceStage(database, [ORDERS, RIDERS], MIDNIGHT + 60 * DAY);
  await stage.begin();
});

function instance(name: string, settings: Record<string, string> = {}): Sequencer {
  const config = loadConfig(settings);
  return stage.sequencer(name, database, () => createFollowers(config, stage.metrics.detection));
}

/** One rider says at these moments that it is there; all is told up to another. */
async function hear(moments: readonly number[], upTo: number): Promise<void> {
  const rider = { rider_id: 'r1', event_type: 'ONLINE', region: 'north' };
  const timestampMs = MIDNIGHT / 1000;
  const records = moments.map((at) => {
    const value = JSON.stringify({ ...rider, occurred_at: formatIso8601(MIDNIGHT + at) });
    return recordAt(offset++, value, { timestampMs });
  });
  const headers = { 'holdfast-watermark': Buffer.from(formatIso8601(MIDNIGHT + upTo)) };
  await stage.deliver(RIDERS, [...records, recordAt(offset++, null, { headers, timestampMs })]);
  await stage.deliver(ORDERS, [recordAt(offset, null, { headers, timestampMs })]);
}

async function judged(): Promise<{ from: number; to: number; steps: number }> {
  const { rows } = await database.query<{ from: number; to: number; steps: number }>(
    `SELECT min(at) AS "from", max(at) AS "to", count(DISTINCT at) AS steps FROM series_points`,
  );
  const [{ from, to, steps }] = rows as [{ from: number; to: number; steps: number }];
  return { from: from - MIDNIGHT, to: to - MIDNIGHT, steps };
}

describe('detection', () => {
  test('looks for nothing where there is no platform', async () => {
    instance('one');
    const order = recordAt(0, JSON.stringify(created('o1', HOUR, { region: 'north' })));
    await stage.deliver(ORDERS, [order]);
    await hear([], DAY);
    await stage.follow();
    const { rows } = await database.query('SELECT kind, region FROM order_facts');
    expect(rows).toEqual([{ kind: 'CREATED', region: 'north' }]);
    expect((await database.query('SELECT FROM detection_progress')).rows).toEqual([]);
  });

  test('begins with the first that is heard, an hour a pass at most, and holds nobody up', async () => {
    const sequencer = instance('one');
    await hear([30 * HOUR + 1, 31 * HOUR], 34 * HOUR);
    expect(await sequencer.step()).toBe(true);
    expect(await judged()).toEqual({ from: 30 * HOUR, to: 30 * HOUR, steps: 1 });
    expect(await sequencer.step()).toBe(true);
    expect(await judged()).toEqual({ from: 30 * HOUR, to: 31 * HOUR, steps: 13 });
    const { rows } = await database.query('SELECT sequenced_to FROM sequence_state');
    expect(rows).toEqual([{ sequenced_to: MIDNIGHT + 34 * HOUR - 1 }]);
    while (await sequencer.step());
    expect(await judged()).toEqual({ from: 30 * HOUR, to: 34 * HOUR - STEP, steps: 48 });
  });

  test('is taken up by another instance though time stands still', async () => {
    await hear([HOUR, 3 * HOUR], 5 * HOUR);
    await instance('one').step();
    await stage.kill('one');
    instance('two');
    await stage.follow('two');
    expect(await judged()).toEqual({ from: HOUR, to: 5 * HOUR - STEP, steps: 48 });
  });

  test('passes over what nobody said anything in, after a day', async () => {
    const sequencer = instance('one');
    await hear([HOUR], 10 * DAY);
    while (await sequencer.step());
    expect(await judged()).toEqual({ from: HOUR, to: DAY + HOUR, steps: 289 });
    await hear([20 * DAY + HOUR], 20 * DAY + 2 * HOUR);
    while (await sequencer.step());
    expect(await judged()).toEqual({ from: HOUR, to: 20 * DAY + 2 * HOUR - STEP, steps: 289 + 12 });
  });

  test('learns anew with steps of another length', async () => {
    await hear([HOUR, 2 * HOUR], 3 * HOUR);
    while (await instance('one').step());
    await stage.kill('one');
    const again = instance('two', { HOLDFAST_DETECTION_STEP_SECONDS: '1800' });
    await hear([3 * HOUR + 1], 5 * HOUR);
    while (await again.step());
    const { rows } = await database.query(
      'SELECT at, expected FROM series_points WHERE at >= $1 ORDER BY series_key, at',
      [formatIso8601(MIDNIGHT + 3 * HOUR)],
    );
    expect(rows.map(({ at }) => (at as number) - MIDNIGHT)).toEqual(
      [3, 3.5, 4, 4.5, 3, 3.5, 4, 4.5].map((hours) => hours * HOUR),
    );
  });
});

/** Chunks of a table that a statement is planned for. */
async function chunksOf(table: string, run: (db: Queryable) => Promise<unknown>): Promise<number> {
  const { rows: chunks } = await database.query<{ name: string }>(
    `SELECT i.inhrelid::regclass::text AS name FROM pg_inherits i WHERE i.inhparent = '${table}'::regclass`,
  );
  expect(chunks.length).toBeGreaterThan(5);
  let plan = '';
  const query = async ({ text, values }: { text: string; values: unknown[] }) => {
    const { rows } = await database.query<{ 'QUERY PLAN': string }>({ text: `EXPLAIN ${text}`, values });
    plan += rows.map((row) => row['QUERY PLAN']).join('\n');
    return { rows: [] };
  };
  await run({ query } as unknown as Queryable);
  return chunks.filter(({ name }) => new RegExp(`\\b${name.split('.').at(-1)}\\b`).test(plan)).length;
}

describe('what is read of a step', () => {
  test('is read in the chunk of that step only', async () => {
    for (const { table, at } of SOURCES)
      await database.query(
        `INSERT INTO ${table} (${at}, ${table === 'order_facts' ? 'order_id, kind' : 'event_id, event_type, content_hash'}
                               ${{ riders: ', rider_id', restaurants: ', restaurant_id', order_facts: '' }[table] ?? ', order_id'})
         SELECT to_timestamp(${MIDNIGHT / 1e6}) + week * INTERVAL '7 days',
                ${table === 'order_facts' ? `week::text, 'CREATED'` : `'', 'ONLINE', week`}
                ${table === 'order_facts' ? '' : ', week::text'} FROM generate_series(0, 9) AS week`,
      );
    await database.query(
      `INSERT INTO series_points (at, series_key, sum, n, score, deviation, anomalous)
       SELECT to_timestamp(${MIDNIGHT / 1e6}) + week * INTERVAL '7 days', 'x|all=all', 0, 1, 0, 0, false
       FROM generate_series(0, 9) AS week`,
    );
    const range = { from: MIDNIGHT + 28 * DAY, to: MIDNIGHT + 28 * DAY + HOUR, step: STEP };
    for (const source of SOURCES) {
      expect(await chunksOf(source.table, (db) => readMeasures(db, source, range)), source.table).toBe(1);
      const first = (db: Queryable) => findFirstFact(db, [source], range.from, range.to);
      expect(await chunksOf(source.table, first), source.table).toBe(1);
    }
    expect(await chunksOf('restaurants', (db) => readRestaurants(db, range))).toBe(1);
    const last = MIDNIGHT + 63 * DAY - HOUR;
    expect(await chunksOf('series_points', (db) => loadPointsSince(db, last))).toBeLessThanOrEqual(2);
  });
});
