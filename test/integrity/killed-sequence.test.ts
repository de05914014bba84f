import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { kafkaBrokers } from '../support/kafka.ts';
import { createLenientTopic, produce } from '../support/kafka-client.ts';
import { type OrderTopic, orderTopic } from '../support/order-topic.ts';
import { type ProcessingRun, processingRun } from '../support/processing-run.ts';
import { type ProcessorProcess, startProcessor } from '../support/processor-process.ts';

const EVENTS = 20_000;
const PARTITIONS = 3;
const SEED = 'killed-sequence';
/** Kills after so many more passes; there are some dozen, the first ones over the weeks before the orders. */
const PASSES_BEFORE_KILL = [4, 3];
const TIMEOUT_MS = 600_000;
/** Of event time: unmarked, they would be waited for at each start, until they are known to be silent. */
const OTHER_TOPICS = ['payments', 'deliveries', 'riders', 'restaurants', 'reviews'];

/** All that the followers of milestones leave, but for when it was written. */
const LEARNT = {
  delivery_outcomes: 'to_jsonb(t)',
  delivery_risks: 'to_jsonb(t)',
  delivery_watches: 'to_jsonb(t)',
  seller_stats: 'to_jsonb(t)',
  seller_scores: 'to_jsonb(t)',
  route_stats: 'to_jsonb(t)',
  product_grades: 'to_jsonb(t)',
  orders_in_time: 'to_jsonb(t)',
  order_facts: 'to_jsonb(t)',
  alerts: `jsonb_build_array(dedup_key, status, severity, subject, evidence, opened_at)`,
};

function watermark(text: string) {
  return { key: null, value: null, headers: { 'holdfast-watermark': text } };
}

/** Orders between two watermarks: nothing is followed before all are read, and then all of them are. */
async function markedTopic(): Promise<OrderTopic> {
  const topic = await orderTopic({ brokers: kafkaBrokers(), seed: SEED, partitions: PARTITIONS });
  const others = OTHER_TOPICS.map((name) => `${topic.prefix}${name}`);
  for (const other of others) await createLenientTopic(topic.brokers, other, 1);
  const mark = async (text: string) => {
    for (let partition = 0; partition < PARTITIONS; partition += 1)
      await topic.sendRaw(partition, [watermark(text)]);
    for (const other of others) await produce(topic.brokers, other, [watermark(text)]);
  };
  await mark('2025-01-01T00:00:00Z');
  await topic.send(EVENTS);
  await mark('2025-06-01T00:00:00Z');
  return topic;
}

async function sequence({ pool }: ProcessingRun): Promise<{ revision: number; isOver: boolean }> {
  const { rows } = await pool.query(
    `SELECT revision::integer, sequenced_to >= '2025-05-31 23:59:59+00' AS "isOver" FROM sequence_state`,
  );
  return rows[0];
}

async function learnt({ pool }: ProcessingRun): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const [table, row] of Object.entries(LEARNT)) {
    const { rows } = await pool.query<{ line: string }>(`SELECT (${row})::text AS line FROM ${table} t`);
    tables[table] = rows.map(({ line }) => line).sort();
  }
  return tables;
}

async function untilFollowed(run: ProcessingRun, processor: ProcessorProcess): Promise<void> {
  const watch = { everyMs: 250, timeoutMs: 240_000, explain: processor.log };
  await eventually('all milestones to be followed', async () => (await sequence(run)).isOver, watch);
}

async function followWithKills(run: ProcessingRun): Promise<number[]> {
  const killedAt: number[] = [];
  let passes = 0;
  for (const more of PASSES_BEFORE_KILL) {
    passes += more;
    const processor = await startProcessor(run.env);
    const watch = { everyMs: 5, timeoutMs: 240_000, explain: processor.log };
    await eventually(`pass ${passes}`, async () => (await sequence(run)).revision >= passes, watch);
    await processor.kill();
    const { revision, isOver } = await sequence(run);
    expect(isOver).toBe(false);
    killedAt.push(revision);
  }
  const survivor = await startProcessor(run.env);
  await untilFollowed(run, survivor);
  await survivor.terminate();
  return killedAt;
}

test(
  'a processor that is killed while it follows milestones learns what one learns that never was',
  async () => {
    const topic = await markedTopic();
    const settings = { HOLDFAST_DELIVERY_INTELLIGENCE: 'on' };
    const killed = await processingRun(topic, 'killed', settings);
    const undisturbed = await processingRun(topic, 'undisturbed', settings);
    const processor = await startProcessor(undisturbed.env);
    await untilFollowed(undisturbed, processor);
    await processor.terminate();
    console.log('passes of the one that was left alone:', (await sequence(undisturbed)).revision);
    console.log('passes before each kill:', await followWithKills(killed));

    const expected = await learnt(undisturbed);
    expect(expected.delivery_outcomes?.length).toBeGreaterThan(100);
    const actual = await learnt(killed);
    for (const table of Object.keys(LEARNT))
      expect(actual[table], `${table} of the killed one`).toEqual(expected[table]);
  },
  TIMEOUT_MS,
);
