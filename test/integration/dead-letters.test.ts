import { CompressionTypes } from 'kafkajs';
import { expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { parseExposition } from '../support/exposition.ts';
import { freshTopicPrefix, kafkaBrokers } from '../support/kafka.ts';
import { consume, countRecords, createLenientTopic, createTopic, produce } from '../support/kafka-client.ts';
import { runProcessor } from '../support/running-processor.ts';
import { seeded } from '../support/traffic/shuffle.ts';

const MEBIBYTE = 1024 * 1024;
const TIMEOUT_MS = 300_000;

function noise(bytes: number): Buffer {
  const next = seeded(bytes);
  return Buffer.from(Array.from({ length: bytes }, () => Math.floor(next() * 256)));
}

/** Sends these values, in this order, and waits until the processor has done all it can about them. */
async function deliver(values: readonly Buffer[], options: { deadLetterBytes?: number } = {}) {
  const brokers = kafkaBrokers();
  const prefix = freshTopicPrefix();
  const database = await freshDatabase();
  const pool = database.pool();
  await createLenientTopic(brokers, `${prefix}orders`, 1);
  if (options.deadLetterBytes !== undefined) {
    const configEntries = [{ name: 'max.message.bytes', value: String(options.deadLetterBytes) }];
    await createTopic(brokers, { topic: `${prefix}dead-letters`, configEntries });
  }
  for (const value of values) {
    await produce(brokers, `${prefix}orders`, [{ key: 'k', value }], CompressionTypes.GZIP);
  }
  const processor = await runProcessor({ databaseUrl: database.url, brokers, prefix });
  await eventually(
    'the end of the topic and of the outbox',
    async () => {
      const { rows } = await pool.query(
        `SELECT (SELECT sum(next_offset) FROM consumer_offsets)::integer AS done,
                (SELECT count(*) FROM kafka_outbox WHERE state = 'pending')::integer AS waiting`,
      );
      return rows[0]?.done === values.length && rows[0]?.waiting === 0;
    },
    { timeoutMs: TIMEOUT_MS },
  );
  const { rows: kept } = await pool.query<{ original: Buffer; error_type: string }>(
    'SELECT original, error_type FROM pipeline_error_logs ORDER BY kafka_offset',
  );
  const { rows: buried } = await pool.query<{ offset: number; last_error: string }>(
    `SELECT kafka_offset::integer AS offset, last_error
     FROM kafka_outbox JOIN pipeline_error_logs ON log_id = error_log_id WHERE state = 'dead' ORDER BY 1`,
  );
  const count = await countRecords(brokers, `${prefix}dead-letters`);
  const letters = await consume(brokers, `${prefix}dead-letters`, count);
  const metrics = parseExposition(await (await fetch(`${processor.url}/metrics`)).text());
  const failures = metrics.get('holdfast_outbox_failures_total')?.samples.map((one) => one.value) ?? [];
  return { kept, buried, letters, failures };
}

test(
  'a record far over the input limit becomes a dead letter, bit for bit',
  async () => {
    const values = [noise(7 * MEBIBYTE), Buffer.from('no JSON')];
    const { kept, buried, letters } = await deliver(values);
    expect(buried).toEqual([]);
    expect(kept.map((row) => row.error_type)).toEqual(['PARSE_ERROR', 'PARSE_ERROR']);
    expect(kept.map((row, index) => row.original.equals(values[index] as Buffer))).toEqual([true, true]);
    const byOffset = new Map(
      letters.map((letter) => [String(letter.headers?.['holdfast-offset']), letter.value]),
    );
    expect(values.map((value, offset) => byOffset.get(String(offset))?.equals(value))).toEqual([true, true]);
  },
  TIMEOUT_MS,
);

test(
  'one that unpacks to more than the dead-letters topic takes is kept in the database, and holds nothing up',
  async () => {
    const values = [Buffer.from('before'), Buffer.alloc(20 * MEBIBYTE, ' '), Buffer.from('after')];
    const { kept, buried, letters, failures } = await deliver(values);
    expect(kept.map((row, index) => row.original.equals(values[index] as Buffer))).toEqual([
      true,
      true,
      true,
    ]);
    expect(buried).toEqual([{ offset: 1, last_error: expect.stringMatching(/./) as string }]);
    expect(letters.map((letter) => String(letter.value)).sort()).toEqual(['after', 'before']);
    expect(failures).toEqual([1]);
  },
  TIMEOUT_MS,
);

test(
  'a dead-letters topic of somebody`s own may take less',
  async () => {
    const values = [noise(300_000), Buffer.from('small'), noise(20_000)];
    const { kept, buried, letters } = await deliver(values, { deadLetterBytes: 100_000 });
    expect(kept).toHaveLength(3);
    expect(buried.map((row) => row.offset)).toEqual([0]);
    expect(letters.map((letter) => String(letter.headers?.['holdfast-offset'])).sort()).toEqual(['1', '2']);
  },
  TIMEOUT_MS,
);
