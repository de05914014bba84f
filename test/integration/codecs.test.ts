import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompressionTypes } from 'kafkajs';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { hasJavaCompiler, produceWithJava } from '../support/java/produce-batches.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { consume, createLenientTopic, produce } from '../support/kafka-client.ts';
import { runProcessor } from '../support/running-processor.ts';
import { seeded } from '../support/traffic/shuffle.ts';

const CODECS = ['gzip', 'snappy', 'lz4', 'zstd', 'none'] as const;
const KAFKAJS_CODECS = {
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
};
const PARTITIONS = 2;
const RECORDS = 1_500;
const TIMEOUT_MS = 600_000;
const NO_JSON = 'no JSON';

/** A sound event with a note. */
function event(orderId: string, note: string): string {
  return JSON.stringify({
    order_id: orderId,
    event_type: 'PAID',
    occurred_at: '2026-03-02T00:00:00Z',
    note,
  });
}

/** Most of them small, some noise that no codec makes smaller, some far larger than a block of any. */
function mixed(name: string): string[] {
  const next = seeded(name.length);
  const noise = (length: number) =>
    Array.from({ length }, () => Math.floor(next() * 36).toString(36)).join('');
  return Array.from({ length: RECORDS }, (_, index) => {
    if (index === 10) return NO_JSON;
    const note = index % 100 === 3 ? noise(100_000) : index % 100 === 7 ? '가'.repeat(150_000) : noise(200);
    return event(`${name}-${index}`, note);
  });
}

/** So much alike that a batch of megabytes shrinks to some kilobytes. */
function alike(name: string): string[] {
  return Array.from({ length: 800 }, (_, index) => event(`${name}-${index}`, 'a'.repeat(5_000)));
}

/** Has the processor read the topics of this prefix into a database of their own. */
async function readEverything(prefix: string): Promise<Pool> {
  const database = await freshDatabase();
  const env = { HOLDFAST_PARTITIONS: String(PARTITIONS) };
  await runProcessor({ databaseUrl: database.url, brokers: kafkaBrokers(), prefix, env });
  return database.pool();
}

/** Waits for all records of this name, and compares what was stored with what was sent. */
async function expectStored(pool: Pool, name: string, sent: readonly string[]): Promise<void> {
  const expected = sent
    .filter((value) => value !== NO_JSON)
    .map((value) => JSON.parse(value) as Record<string, string>);
  const { rows } = await eventually(
    `the records of ${name}`,
    async () => {
      const found = await pool.query<{ order_id: string; note: string }>(
        `SELECT row_payload->>'order_id' AS order_id, row_payload->>'note' AS note
         FROM orders_raw WHERE row_payload->>'order_id' LIKE $1`,
        [`${name}-%`],
      );
      return found.rows.length >= expected.length && found;
    },
    { timeoutMs: TIMEOUT_MS, everyMs: 500 },
  );
  const notes = new Map(rows.map((row) => [row.order_id, row.note]));
  expect(notes.size).toBe(expected.length);
  expect(
    expected.filter((one) => notes.get(one.order_id ?? '') !== one.note).map((one) => one.order_id),
  ).toEqual([]);
}

const withJdk = hasJavaCompiler();
const javaTest = `Kafka's Java client with ${CODECS.join(', ')}${withJdk ? '' : ' (needs a JDK)'}`;

test.skipIf(!withJdk)(
  javaTest,
  async () => {
    const prefix = freshTopicPrefix();
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-codecs-'));
    await createLenientTopic(kafkaBrokers(), `${prefix}orders`, PARTITIONS);
    const contents = CODECS.flatMap((codec) => [
      { codec, name: `java-mixed-${codec}`, values: mixed(`java-mixed-${codec}`) },
      { codec, name: `java-alike-${codec}`, values: alike(`java-alike-${codec}`) },
    ]);
    for (const { name, values } of contents) await writeFile(join(folder, name), `${values.join('\n')}\n`);
    const ratios = await produceWithJava(
      kafkaBrokers(),
      `${prefix}orders`,
      contents.map(({ codec, name }) => [codec, join(folder, name)]),
    );
    await rm(folder, { recursive: true });
    for (const [index, { codec, name }] of contents.entries()) {
      const most = codec === 'none' ? 1 : name.includes('alike') ? 0.1 : 0.9;
      expect(ratios[index], name).toBeLessThanOrEqual(most);
    }

    const pool = await readEverything(prefix);
    for (const { name, values } of contents) await expectStored(pool, name, values);

    // A header without a value, which only this client can send.
    const { rows } = await pool.query<{ headers: unknown; original: Buffer }>(
      'SELECT headers, original FROM pipeline_error_logs',
    );
    expect(rows.map((row) => [row.headers, String(row.original)])).toEqual(
      CODECS.map(() => [{ empty: null, traceparent: null }, NO_JSON]),
    );
    for (const letter of await consume(kafkaBrokers(), `${prefix}dead-letters`, CODECS.length)) {
      expect(String(letter.key)).toBe('10');
      expect(String(letter.value)).toBe(NO_JSON);
      expect(String(letter.headers?.empty)).toBe('');
      expect(JSON.parse(String(letter.headers?.['holdfast-null-headers']))).toEqual({
        empty: [0],
        traceparent: [0],
      });
    }
  },
  TIMEOUT_MS,
);

test(
  'kafkajs with each of them',
  async () => {
    const prefix = freshTopicPrefix();
    await createLenientTopic(kafkaBrokers(), `${prefix}orders`, PARTITIONS);
    for (const [codec, type] of Object.entries(KAFKAJS_CODECS)) {
      const messages = mixed(`js-${codec}`).map((value, index) => ({
        value,
        partition: index % PARTITIONS,
      }));
      await produce(kafkaBrokers(), `${prefix}orders`, messages, type);
    }
    const pool = await readEverything(prefix);
    for (const codec of Object.keys(KAFKAJS_CODECS))
      await expectStored(pool, `js-${codec}`, mixed(`js-${codec}`));
  },
  TIMEOUT_MS,
);
