import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import {
  type ConsumedMessage,
  consume,
  countRecords,
  createLenientTopic,
  headerValues,
  produce,
} from '../support/kafka-client.ts';
import { ordersToHold, placed, placeOf, type SentRecord } from '../support/poison/expected-outcome.ts';
import { EXTREME_TIMESTAMPS, messageOf, poisonTraffic } from '../support/poison/poison-traffic.ts';
import { POISON_NOW_MS, soundText } from '../support/poison/sound.ts';
import { runProcessor } from '../support/running-processor.ts';

const RECORDS = 13_000;
const MALFORMED_AT_LEAST = 10_000;
const PARTITIONS = 3;
const PATIENCE_MS = 900_000;

interface ErrorRow {
  partition: number;
  offset: number;
  error_type: string;
  error_text: string;
  record_key: Buffer | null;
  original: Buffer | null;
  headers: Record<string, string | string[]>;
  at_ms: number;
}

let pool: Pool;
let sent: SentRecord[];
let errors: Map<string, ErrorRow>;
let letters: ConsumedMessage[];
let metrics: string;
const undo: (() => Promise<void>)[] = [];

/** Sends all, lets the processor work them off, and reads back what became of them. */
beforeAll(async () => {
  const brokers = kafkaBrokers();
  const prefix = freshTopicPrefix();
  const database = await freshDatabase();
  pool = database.pool();
  const extreme = EXTREME_TIMESTAMPS.map((timestamp, index) => ({
    name: `timestamp ${timestamp}`,
    key: null,
    headers: {},
    value: Buffer.from(index % 2 === 0 ? soundText(`X-${index}`) : 'no JSON'),
    timestamp,
  }));
  sent = placed([...poisonTraffic('poison', RECORDS), ...extreme], PARTITIONS);
  await createLenientTopic(brokers, `${prefix}orders`, PARTITIONS);
  const ordinary = sent.slice(0, RECORDS);
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    const own = ordinary.filter((one) => one.partition === partition);
    await produce(
      brokers,
      `${prefix}orders`,
      own.map((one) => messageOf(one, partition)),
    );
  }
  for (const one of sent.slice(RECORDS)) {
    await produce(brokers, `${prefix}orders`, [messageOf(one, one.partition)]);
  }

  const processor = await runProcessor({
    databaseUrl: database.url,
    brokers,
    prefix,
    clock: { now: () => POISON_NOW_MS * 1000 },
    // The records are of all times, through which event time would move in steps of weeks.
    env: { HOLDFAST_BATCH_SIZE: '700', HOLDFAST_DELIVERY_INTELLIGENCE: 'off' },
    cleanUp: (release) => undo.push(release),
  });
  await eventually('the end of every partition', () => isProcessed(), {
    timeoutMs: PATIENCE_MS,
    everyMs: 1_000,
  });
  errors = new Map((await readErrors()).map((row) => [placeOf(row), row]));
  await eventually('an empty outbox', async () => (await count('kafka_outbox')) === 0, {
    timeoutMs: PATIENCE_MS,
    everyMs: 1_000,
  });
  metrics = await (await fetch(`${processor.url}/metrics`)).text();
  letters = await consume(
    brokers,
    `${prefix}dead-letters`,
    await countRecords(brokers, `${prefix}dead-letters`),
  );
}, 2 * PATIENCE_MS);

afterAll(async () => {
  for (const release of undo) await release();
}, 60_000);

async function isProcessed(): Promise<boolean> {
  const { rows } = await pool.query<{ done: string }>(
    `SELECT sum(next_offset) AS done FROM consumer_offsets WHERE topic = 'orders'`,
  );
  return Number(rows[0]?.done ?? 0) === sent.length;
}

async function count(table: string): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
  return Number(rows[0]?.count);
}

async function readErrors(): Promise<ErrorRow[]> {
  const { rows } = await pool.query<ErrorRow>(
    `SELECT partition, kafka_offset::integer AS offset, error_type, error_text, record_key, original, headers,
            (extract(epoch FROM kafka_timestamp) * 1000)::float8 AS at_ms
     FROM pipeline_error_logs`,
  );
  return rows;
}

/** Names, not values: a failure must be readable. */
const summary = (record: SentRecord): string =>
  `${placeOf(record)} ${record.name}: ${String(record.value).slice(0, 200)}`;

const isRejected = (record: SentRecord): boolean => record.outcome.kind === 'rejected';
const errorOf = (record: SentRecord): ErrorRow | undefined => errors.get(placeOf(record));
const base64 = (bytes: Buffer | null): string | null => bytes?.toString('base64') ?? null;

test('every partition is read to its end', async () => {
  const { rows } = await pool.query<{ partition: number; next_offset: string }>(
    `SELECT partition, next_offset FROM consumer_offsets WHERE topic = 'orders' ORDER BY partition`,
  );
  expect(rows.map((row) => [row.partition, Number(row.next_offset)])).toEqual(
    [0, 1, 2].map((partition) => [partition, sent.filter((one) => one.partition === partition).length]),
  );
});

test('the traffic is what it is meant to be', async () => {
  const rows = [...errors.values()];
  const held = await count(`holds WHERE reason_code = 'FUL-VALID'`);
  expect(rows.length + held).toBeGreaterThan(MALFORMED_AT_LEAST);
  expect([...new Set(rows.map((row) => row.error_type))].sort()).toEqual([
    'PARSE_ERROR',
    'SCHEMA_INVALID',
    'SCHEMA_MISSING',
    'STORE_ERROR',
  ]);
  expect(sent.length - rows.length).toBeGreaterThan(1_000);
});

test('a malformed record has exactly one row, with a reason the contracts allow for it', async () => {
  const wrong = sent.filter((record) => {
    const { outcome } = record;
    return outcome.kind === 'rejected' && !outcome.types.includes(errorOf(record)?.error_type as never);
  });
  expect(wrong.map((record) => `${errorOf(record)?.error_type} ${summary(record)}`)).toEqual([]);
  expect([...errors.values()].filter((row) => row.error_text === '')).toEqual([]);
  expect(errors.size).toBe(await count('pipeline_error_logs'));
});

test('what the oracle takes for an event is turned away only where PostgreSQL cannot hold it', async () => {
  const refused = sent.filter((record) => !isRejected(record) && errorOf(record) !== undefined);
  expect(refused.length).toBeGreaterThan(0);
  for (const record of refused) {
    expect(errorOf(record)?.error_type, summary(record)).toBe('STORE_ERROR');
    const text = String(record.value).replace(/^\uFEFF/, '');
    await expect(pool.query('SELECT $1::jsonb', [text]), summary(record)).rejects.toThrow();
  }
});

test('everything else is a raw row that says what was sent, and an event', async () => {
  const fine = sent.filter((record) => errorOf(record) === undefined);
  expect(await count('orders_raw')).toBe(fine.length);
  for (let from = 0; from < fine.length; from += 500) {
    const rows = fine
      .slice(from, from + 500)
      .map(({ partition, offset, value }) => [partition, offset, String(value).replace(/^\uFEFF/, '')]);
    const { rows: same } = await pool.query<{ count: string }>(
      `SELECT count(*) FROM jsonb_array_elements($1::jsonb) AS e
       JOIN orders_raw ON partition = (e->>0)::integer AND kafka_offset = (e->>1)::bigint
       WHERE row_payload = (e->>2)::jsonb`,
      [JSON.stringify(rows)],
    );
    expect(Number(same[0]?.count)).toBe(rows.length);
  }
  const identities = fine.map(({ outcome }) =>
    outcome.kind === 'event'
      ? `${outcome.event.orderId} ${outcome.event.occurredAt} ${outcome.event.contentHash}`
      : '',
  );
  expect(await count('events')).toBe(new Set(identities).size);
});

test('orders without a usable user or address are held FUL-VALID, and no others', async () => {
  const events = sent.flatMap((record) =>
    record.outcome.kind === 'event' && errorOf(record) === undefined ? [record.outcome.event] : [],
  );
  const { rows } = await pool.query<{ order_id: string }>(
    `SELECT order_id FROM holds WHERE reason_code = 'FUL-VALID' AND status = 'OPEN'`,
  );
  const expected = ordersToHold(events);
  expect(expected.length).toBeGreaterThan(300);
  expect(rows.map((row) => row.order_id).sort()).toEqual(expected);
});

test('key, headers and value of a rejected record are kept bit for bit', () => {
  const different = sent.filter((record) => {
    const row = errorOf(record);
    if (row === undefined) return false;
    const headers = Object.entries(row.headers).map(([name, value]): [string, string[]] => [
      name,
      [value].flat(),
    ]);
    return (
      base64(row.record_key) !== base64(record.key) ||
      base64(row.original) !== base64(record.value) ||
      JSON.stringify(headers.sort()) !== JSON.stringify([...headerValues(record.headers)].sort())
    );
  });
  expect(different.map(summary)).toEqual([]);
});

test('the dead-letters topic has each of them once, with its origin and its reason', () => {
  const originOf = (message: ConsumedMessage): string =>
    `${message.headers?.['holdfast-partition']}:${message.headers?.['holdfast-offset']}`;
  expect(letters.map(originOf).sort()).toEqual([...errors.keys()].sort());
  const byPlace = new Map(sent.map((record) => [placeOf(record), record]));
  for (const letter of letters) {
    const record = byPlace.get(originOf(letter)) as SentRecord;
    const row = errorOf(record) as ErrorRow;
    const name = summary(record);
    expect(
      letter.value === null ? null : Buffer.compare(letter.value, record.value ?? Buffer.alloc(0)),
      name,
    ).toBe(record.value === null ? null : 0);
    expect(base64(letter.key), name).toBe(base64(record.key));
    const headers = headerValues(letter.headers);
    for (const [header, values] of headerValues(record.headers))
      expect(headers.get(header), name).toEqual(values);
    const own = ['topic', 'epoch', 'error-code', 'error'].map((one) =>
      String(letter.headers?.[`holdfast-${one}`]),
    );
    expect(own, name).toEqual(['orders', '0', row.error_type, row.error_text]);
    expect(headers.size, name).toBe(Object.keys(record.headers).length + 6);
  }
});

test('timestamps out of [2000, now + 24 h] are clamped, and kept beside where the record was stored', async () => {
  const { rows } = await pool.query<{
    partition: number;
    offset: number;
    at_ms: number;
    original: string | null;
  }>(
    `SELECT partition, kafka_offset::integer AS offset, kafka_timestamp_original AS original,
            (extract(epoch FROM kafka_timestamp) * 1000)::float8 AS at_ms FROM orders_raw`,
  );
  const stored = new Map(rows.map((row) => [placeOf(row), row]));
  const earliest = Date.UTC(2000, 0, 1);
  const latest = POISON_NOW_MS + 86_400_000;
  const wrong = sent.filter((record) => {
    const given = Number(record.timestamp);
    const clamped = Math.min(Math.max(given, earliest), latest);
    const row = stored.get(placeOf(record));
    if (row === undefined) return errorOf(record)?.at_ms !== clamped;
    const kept = Math.max(Number.MIN_SAFE_INTEGER, Math.min(given, Number.MAX_SAFE_INTEGER));
    return row.at_ms !== clamped || row.original !== (given === clamped ? null : String(kept));
  });
  expect(wrong.map((record) => `${record.timestamp} ${summary(record)}`)).toEqual([]);
});

test('an alert for each, and counters that add up', async () => {
  const { rows } = await pool.query<{ count: string }>(
    `SELECT count(DISTINCT dedup_key) FROM alerts WHERE kind = 'EVENT' AND log_id IS NOT NULL`,
  );
  expect(Number(rows[0]?.count)).toBe(errors.size);
  const sample = (pattern: RegExp) =>
    [...metrics.matchAll(pattern)].map((match): [string, number] => [match[1] ?? '', Number(match[2])]);
  expect(sample(/^holdfast_records_consumed_total\{.*?(topic)="orders".*\} (\d+)$/gm)).toEqual([
    ['topic', sent.length],
  ]);
  const byType: Record<string, number> = {};
  for (const { error_type } of errors.values()) byType[error_type] = (byType[error_type] ?? 0) + 1;
  expect(
    Object.fromEntries(sample(/^holdfast_records_dead_lettered_total\{.*?reason="(\w+)".*\} (\d+)$/gm)),
  ).toEqual(byType);
});
