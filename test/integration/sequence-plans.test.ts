import { beforeAll, beforeEach, expect, it } from 'vitest';
import { formatIso8601 } from '../../domain/time/iso8601.ts';
import type { Database, Queryable } from '../../platform/database/database.ts';
import { findDue } from '../../processor/sequence/sql/find-due.ts';
import { findSliceEnd } from '../../processor/sequence/sql/find-slice-end.ts';
import { freshDatabase } from '../support/database.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { MIDNIGHT } from '../support/oracle/example.ts';
import { processorDatabase } from '../support/orders-processor.ts';

const DAY = 86_400_000_000;
const WEEK = 7 * DAY;
const WEEKS = 12;
const LAST = MIDNIGHT + (WEEKS - 1) * WEEK;

let database: Database;

beforeAll(async () => {
  database = processorDatabase((await freshDatabase()).url);
});

beforeEach(async () => {
  await emptyTables(database);
  await database.query({
    text: `INSERT INTO reviews (occurred_at, order_id, event_id, content_hash, score)
           SELECT $1::timestamptz + week * INTERVAL '7 days', 'order ' || week, week::text, week, 5
           FROM generate_series(0, $2::integer - 1) AS week`,
    values: [formatIso8601(MIDNIGHT), WEEKS],
  });
});

async function leaveWord(week: number): Promise<void> {
  await database.query({
    text: `INSERT INTO late_milestones (order_id, kind, at, content_hash) VALUES ($1, 'REVIEWED', $2, $3)`,
    values: [`order ${week}`, formatIso8601(MIDNIGHT + week * WEEK), week],
  });
}

/** Chunks of reviews that the statements run with `db` are planned for. */
async function chunksOf(run: (db: Queryable) => Promise<unknown>): Promise<number> {
  const { rows: chunks } = await database.query<{ name: string }>({
    text: `SELECT format('%s', c.oid::regclass) AS name FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid
           WHERE i.inhparent = 'reviews'::regclass`,
  });
  expect(chunks).toHaveLength(WEEKS);
  let plan = '';
  const explaining = {
    query: async (statement: { text: string; values: unknown[] }) => {
      const { rows } = await database.query<{ 'QUERY PLAN': string }>({
        ...statement,
        text: `EXPLAIN ${statement.text}`,
      });
      plan += rows.map((row) => row['QUERY PLAN']).join('\n');
      return { rows: [] };
    },
  };
  await run(explaining as unknown as Queryable);
  expect(plan).toContain('late_milestones');
  return chunks.filter(({ name }) => new RegExp(`\\b${name.split('.').at(-1)}\\b`).test(plan)).length;
}

it('looks for due reviews in the chunks of the slice, and of those that are late', async () => {
  const from = LAST - DAY;
  const quiet = await findSliceEnd(database, from, LAST, 2000);
  expect(quiet).toEqual({ end: LAST, lateReviewsFrom: null });
  expect(await chunksOf((db) => findDue(db, from, quiet, 2000))).toBeLessThanOrEqual(2);

  await leaveWord(WEEKS - 3);
  const late = await findSliceEnd(database, from, LAST, 2000);
  expect(late.lateReviewsFrom).toBe(LAST - 2 * WEEK);
  expect(await chunksOf((db) => findDue(db, from, late, 2000))).toBeLessThanOrEqual(4);
});

it('finds late reviews of any time, and what came after the slice was cut another time', async () => {
  const from = LAST - DAY;
  await leaveWord(4);
  const slice = await findSliceEnd(database, from, LAST, 2000);
  await leaveWord(1);
  const ids = async (end: typeof slice) =>
    (await findDue(database, from, end, 2000)).map((due) => due.order_id);
  expect((await ids(slice)).sort()).toEqual([`order ${WEEKS - 1}`, 'order 4']);
  const next = await findSliceEnd(database, from, LAST, 2000);
  expect((await ids(next)).sort()).toEqual(['order 1', `order ${WEEKS - 1}`, 'order 4']);
});
