import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import type { KafkaRecord } from '../../processor/ingest/kafka-record.ts';
import type { TopicHandler } from '../../processor/topics/topic-handler.ts';
import { freshDatabase } from '../support/database.ts';
import { driveBatch, recordAt } from '../support/drive-batches.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { UNSTORABLE_NUMBERS } from '../support/poison/mutations.ts';
import { POISON_NOW_MS, soundEvent, soundText, withMembers } from '../support/poison/sound.ts';

const NOW = POISON_NOW_MS * 1000;

let database: Database;
let handler: TopicHandler<unknown>;
let partitions = 0;

beforeAll(async () => {
  database = processorDatabase((await freshDatabase()).url);
  handler = ordersHandlerOf();
});

/** Drives values through a partition of their own. */
async function drive(values: readonly (string | Buffer)[], more: Partial<KafkaRecord> = {}) {
  const partition = partitions;
  partitions += 1;
  const records = values.map((value, offset) => recordAt(offset, value, more));
  const driven = await driveBatch(database, handler, partition, records, NOW);
  const { rows: stored } = await database.query<{ offset: number }>(
    'SELECT kafka_offset AS offset FROM orders_raw WHERE partition = $1 ORDER BY 1',
    [partition],
  );
  const { rows: refused } = await database.query<{
    offset: number;
    type: string;
    text: string;
    letters: number;
  }>(
    `SELECT kafka_offset AS offset, error_type AS type, error_text AS text,
            (SELECT count(*) FROM kafka_outbox WHERE error_log_id = log_id) AS letters
     FROM pipeline_error_logs WHERE partition = $1 ORDER BY 1`,
    [partition],
  );
  const { rows: position } = await database.query<{ next_offset: number }>(
    'SELECT next_offset FROM consumer_offsets WHERE partition = $1',
    [partition],
  );
  return {
    ...driven,
    partition,
    stored: stored.map((row) => row.offset),
    refused,
    position: position[0]?.next_offset,
  };
}

function sound(count: number): string[] {
  return Array.from({ length: count }, (_, index) => soundText(`P${partitions}-${index}`));
}

const UNSTORABLE: readonly (readonly [name: string, members: string])[] = [
  ...UNSTORABLE_NUMBERS.map((number) => [`the number ${number.slice(0, 12)}`, `"note":${number}`] as const),
  ['U+0000 in the first of two members of one name', '"note":"\\u0000","note":1'],
  ['half a surrogate pair in the first of two members of one name', '"note":"\\ud800","note":1'],
];

describe('a record that decodes and that PostgreSQL does not take', () => {
  it.each(UNSTORABLE)('%s: is set aside alone', async (_name, members) => {
    const values = sound(40);
    values[23] = withMembers(`bad-${partitions}`, members).toString();
    const { next, position, stored, refused } = await drive(values);
    expect(refused).toMatchObject([{ offset: 23, type: 'STORE_ERROR', letters: 1 }]);
    expect(refused[0]?.text).toMatch(/^the database refused it: ./);
    expect(stored).toEqual(values.map((_value, offset) => offset).filter((offset) => offset !== 23));
    expect([next, position]).toEqual([40, 40]);
  });

  it('may come first, last, next to another, or alone', async () => {
    const values = sound(30);
    for (const offset of [0, 7, 8, 29])
      values[offset] = withMembers(`bad-${offset}`, '"note":1e200000').toString();
    const { position, stored, refused } = await drive(values);
    expect(refused.map((row) => row.offset)).toEqual([0, 7, 8, 29]);
    expect(stored).toHaveLength(26);
    expect(position).toBe(30);
    expect(await drive([withMembers('bad-alone', '"note":1e200000')])).toMatchObject({ next: 1, stored: [] });
  });

  it('leaves its neighbours` events, orders and holds once each', async () => {
    const values = sound(20).map((text, index) =>
      index % 5 === 0 ? text.replace('"user_id":"U-1",', '') : text,
    );
    values[11] = withMembers('bad-neighbour', '"note":1e200000').toString();
    const { partition } = await drive(values);
    const { rows } = await database.query(
      `SELECT count(*) AS events, count(DISTINCT e.order_id) AS orders,
              (SELECT count(*) FROM holds WHERE order_id LIKE $2) AS holds
       FROM events e WHERE partition = $1`,
      [partition, `P${partition}-%`],
    );
    expect(rows).toEqual([{ events: 19, orders: 19, holds: 4 }]);
  });

  it('raises an alert that names it', async () => {
    const { partition } = await drive([withMembers('bad-alert', '"note":1e200000'), soundText('good-alert')]);
    const { rows } = await database.query('SELECT kind, status, subject FROM alerts WHERE dedup_key = $1', [
      `record/orders/0/${partition}/0`,
    ]);
    expect(rows).toEqual([
      { kind: 'EVENT', status: 'OPEN', subject: `Record orders ${partition}:0 was rejected (STORE_ERROR)` },
    ]);
  });
});

it('numbers that only JavaScript cannot hold are stored as they came', async () => {
  const { partition, refused } = await drive([
    withMembers('large', '"note":1e400'),
    withMembers('zero', '"note":-0'),
  ]);
  expect(refused).toEqual([]);
  const { rows } = await database.query<{ exact: boolean }>(
    `SELECT (row_payload->>'note')::numeric = CASE kafka_offset WHEN 0 THEN 1e400::numeric ELSE 0 END AS exact
     FROM orders_raw WHERE partition = $1`,
    [partition],
  );
  expect(rows.map((row) => row.exact)).toEqual([true, true]);
});

it('a bomb of brackets that a second member of its name hides is not shown to the database', async () => {
  const bomb = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const { stored, refused } = await drive([soundText('bomb-1'), withMembers('bomb-2', `"x":${bomb},"x":1`)]);
  expect(stored).toEqual([0]);
  expect(refused).toMatchObject([{ offset: 1, type: 'PARSE_ERROR' }]);
});

it('a batch over more weeks than a transaction has locks for goes in several', async () => {
  const weeks = Array.from({ length: 130 }, (_, week) => Date.UTC(2018, 0, 1) + week * 7 * 86_400_000);
  const values = weeks.map((at, index) =>
    JSON.stringify({ ...soundEvent(`wide-${index}`), occurred_at: new Date(at).toISOString() }),
  );
  const { commits, stored, refused, position } = await drive(values);
  expect(refused).toEqual([]);
  expect(stored).toHaveLength(130);
  expect(position).toBe(130);
  expect(commits.length).toBeGreaterThan(2);
  expect(commits.reduce((sum, size) => sum + size, 0)).toBe(130);
});

it.each([
  '0000-06-01T00:00:00Z',
  '0001-01-01T00:00:00+09:00',
  '2300-01-01T00:00:00.000001Z',
  '9999-12-31T23:59:59-18:00',
])('an order promised for %s takes later events', async (promisedAt) => {
  const orderId = `promised ${promisedAt}`;
  await drive([JSON.stringify({ ...soundEvent(orderId), promised_at: promisedAt })]);
  const before = await database.query('SELECT promised_at FROM orders WHERE order_id = $1', [orderId]);
  await drive([
    JSON.stringify({ order_id: orderId, event_type: 'PAID', occurred_at: '2026-03-02T12:00:00Z' }),
  ]);
  const { rows } = await database.query(
    'SELECT promised_at, current_status FROM orders WHERE order_id = $1',
    [orderId],
  );
  expect(rows).toEqual([{ ...before.rows[0], current_status: 'PAID' }]);
});

it('headers without a value and with the names of object members stop nothing', async () => {
  const headers = Object.fromEntries([
    ['empty', null],
    ['traceparent', null],
    ['constructor', [Object as unknown as Buffer, Buffer.from('c')]],
    ['__proto__', Buffer.from('p')],
    ['twice', [null, Buffer.from('2')]],
  ]);
  const { partition, stored } = await drive(['no JSON', soundText('odd-headers')], { headers });
  expect(stored).toEqual([1]);
  const { rows } = await database.query('SELECT headers FROM pipeline_error_logs WHERE partition = $1', [
    partition,
  ]);
  expect(JSON.stringify(rows[0]?.headers)).toBe(
    JSON.stringify(
      Object.fromEntries([
        ['empty', null],
        ['twice', [null, 'Mg==']],
        ['__proto__', 'cA=='],
        ['constructor', 'Yw=='],
        ['traceparent', null],
      ]),
    ),
  );
});
