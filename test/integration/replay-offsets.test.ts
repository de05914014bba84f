import { beforeAll, describe, expect, test } from 'vitest';
import { type DatabaseState, databaseState, differences } from '../support/fingerprint.ts';
import { kafkaBrokers } from '../support/kafka.ts';
import { consume } from '../support/kafka-client.ts';
import { runCommand } from '../support/ops-command.ts';
import { type OrderTopic, orderTopic } from '../support/order-topic.ts';
import {
  type ProcessingRun,
  processingRun,
  undisturbedState,
  untilProcessed,
} from '../support/processing-run.ts';
import { startReadyProcessor } from '../support/processor-process.ts';

const THIRD = 2_000;
const TIMEOUT_MS = 600_000;

let topic: OrderTopic;
/** Timestamps of the first record of the second third, and of the third third, as options want them. */
let stretch: string[];

beforeAll(async () => {
  topic = await orderTopic({ brokers: kafkaBrokers(), seed: 'replay-offsets' });
});

function replay(run: ProcessingRun, args: readonly string[]) {
  const all = ['--topic', 'orders', ...args];
  return runCommand('processor/offsets/replay/main.ts', all, run.env);
}

/** "read 2,000 records" and so on, as numbers by their name. */
function summaryOf(out: string): Record<string, number[]> {
  return Object.fromEntries(
    out
      .split('\n')
      .map((line) => /^(read|new|duplicate|rejected) +(.*)$/.exec(line))
      .filter((match) => match !== null)
      .map(([, name = '', rest = '']) => [
        name,
        (rest.match(/\d[\d,]*/g) ?? []).map((digits) => Number(digits.replaceAll(',', ''))),
      ]),
  );
}

/**
 * Without what depends on the order in which records came: the chunk of an order is that of its first one, and of two copies
 * of an event the first one is named.
 */
function whateverCameFirst(state: DatabaseState): DatabaseState {
  const without = (table: string, columns: readonly number[]) =>
    (state.get(table) ?? [])
      .map((line) => JSON.stringify((JSON.parse(line) as unknown[]).filter((_, i) => !columns.includes(i))))
      .sort();
  return new Map([
    ...state,
    ['order_keys', without('order_keys', [1])],
    ['orders', without('orders', [1])],
    ['events', without('events', [9, 10])],
  ]);
}

async function skipToEnd(run: ProcessingRun): Promise<void> {
  for (const [partition, end] of await topic.ends())
    await run.pool.query(
      `UPDATE consumer_offsets SET next_offset = $2, last_kafka_timestamp = NULL
       WHERE topic = 'orders' AND partition = $1`,
      [partition, end],
    );
}

describe('npm run replay-offsets', () => {
  test(
    'puts back what a database lost or never had of a time, beside a running processor, and doubles nothing',
    async () => {
      const run = await processingRun(topic, 'gap', { HOLDFAST_BATCH_SIZE: '200' });
      await topic.send(THIRD);
      const first = await startReadyProcessor(run.env);
      await untilProcessed(run, first);
      await first.terminate();
      await topic.send(THIRD);
      await skipToEnd(run);
      await topic.send(THIRD);
      const sent = await consume(topic.brokers, topic.name, 3 * THIRD);
      const times = sent.map(({ timestamp }) => Number(timestamp)).sort((a, b) => a - b);
      const at = (index: number) => new Date(times[index] ?? 0).toISOString();
      stretch = ['--from', at(THIRD), '--to', at(2 * THIRD)];

      const second = await startReadyProcessor(run.env);
      const filled = await replay(run, stretch);
      expect(filled).toMatchObject({ code: 0 });
      const { read, new: added, rejected } = summaryOf(filled.out);
      expect(read?.[0]).toBeGreaterThan(THIRD * 0.9);
      expect(added?.[0]).toBeGreaterThan(THIRD / 2);
      expect(rejected?.[1]).toBe(rejected?.[0]);
      await untilProcessed(run, second);
      const before = await databaseState(run.pool);
      const undisturbed = whateverCameFirst(await undisturbedState(topic));
      expect(differences(whateverCameFirst(before), undisturbed)).toBe('');

      // Facts that somebody deleted by hand, of the middle third.
      const middle = [at(THIRD), at(2 * THIRD)];
      const lost = await run.pool.query(
        'DELETE FROM orders_raw WHERE kafka_timestamp >= $1 AND kafka_timestamp < $2',
        middle,
      );
      await run.pool.query(
        `DELETE FROM arrivals a USING events e
         WHERE e.kafka_timestamp >= $1 AND e.kafka_timestamp < $2 AND e.event_type = 'ORDER_CREATED'
           AND a.order_id = e.order_id AND a.t = e.occurred_at`,
        middle,
      );
      await run.pool.query('DELETE FROM events WHERE kafka_timestamp >= $1 AND kafka_timestamp < $2', middle);
      expect(differences(await databaseState(run.pool), before)).toContain('events: ');
      expect(lost.rowCount).toBeGreaterThan(THIRD / 2);
      const dry = await replay(run, [...stretch, '--dry-run']);
      expect(dry.out).toContain('Nothing was written');
      const again = await replay(run, stretch);
      expect(summaryOf(again.out).new?.[1]).toBe(lost.rowCount);
      expect(summaryOf(again.out).rejected?.[1]).toBe(0);
      expect(differences(await databaseState(run.pool), before)).toBe('');

      const nothing = await replay(run, stretch);
      expect(summaryOf(nothing.out)).toMatchObject({ read, new: [0, 0] });
      expect(differences(await databaseState(run.pool), before)).toBe('');
      expect(await second.readiness()).toEqual({ status: 200, problems: {} });
    },
    TIMEOUT_MS,
  );

  test('says what it cannot read, and why', async () => {
    const run = await processingRun(topic, 'refused');
    const refused = async (args: readonly string[], env: Record<string, string> = {}) => {
      const ended = await runCommand('processor/offsets/replay/main.ts', ['--topic', 'orders', ...args], {
        ...run.env,
        ...env,
      });
      expect(ended.code, ended.out).not.toBe(0);
      return ended.err;
    };
    expect(await refused(stretch)).toContain('the processor has not come to the');
    expect(await refused([...stretch, '--partition', '6'])).toContain('has 6 partitions, and no partition 6');
    expect(await refused(['--from', '2031-01-01T00:00:00Z', '--to', '2031-01-02T00:00:00Z'])).toMatch(
      /Kafka has no record of this time in .*orders: .*partition 0: offsets 0 to \d+/,
    );
    expect(await refused(stretch, { HOLDFAST_TOPIC_ORDERS: 'no-such-topic' })).toMatch(
      /Kafka has no topic .*no-such-topic/,
    );
    await run.pool.query(
      `INSERT INTO consumer_offsets (topic, partition, next_offset) VALUES ('orders', 0, 9000000)`,
    );
    expect(await refused(stretch)).toContain('it is not the topic that was read');
  });
});
