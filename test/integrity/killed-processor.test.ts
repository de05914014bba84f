import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Prng } from '../../simulator/timing/prng.ts';
import { eventually } from '../support/eventually.ts';
import { kafkaBrokers } from '../support/kafka.ts';
import { orderTopic } from '../support/order-topic.ts';
import {
  expectState,
  type ProcessingRun,
  processedRecords,
  processingRun,
  undisturbedState,
  untilProcessed,
} from '../support/processing-run.ts';
import { startProcessor, startReadyProcessor } from '../support/processor-process.ts';

const EVENTS = 100_000;
/** Many small transactions: more places to be killed at. The undisturbed run has large ones. */
const BATCH_SIZE = '800';
const KILLS = 3;
/** Longest a processor is left alone after it has come as far as the next kill wants it. */
const REPRIEVE_MS = 400;
const SEED = 'killed';
const TIMEOUT_MS = 600_000;

interface Recovery {
  /** From the start of the process to its first commit. */
  readonly ms: number;
  readonly killedAt: number;
}

/** Starts a processor and kills it in the middle of whatever it does once so many records are processed. */
async function startAndKill(run: ProcessingRun, records: number, reprieveMs: number): Promise<Recovery> {
  const before = await processedRecords(run);
  const from = performance.now();
  const processor = await startProcessor(run.env);
  const watch = { everyMs: 20, timeoutMs: 180_000, explain: processor.log };
  await eventually('the first commit', async () => (await processedRecords(run)) > before, watch);
  const ms = Math.round(performance.now() - from);
  await eventually(`${records} records`, async () => (await processedRecords(run)) >= records, watch);
  await sleep(reprieveMs);
  await processor.kill();
  return { ms, killedAt: await processedRecords(run) };
}

/** Processes the whole topic in spite of everything. */
async function processWithKills(run: ProcessingRun): Promise<Recovery[]> {
  const random = new Prng(SEED);
  const recoveries: Recovery[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const records = Math.floor(((kill + random.next()) * 0.9 * EVENTS) / KILLS);
    recoveries.push(await startAndKill(run, records, random.int(0, REPRIEVE_MS)));
  }
  const survivor = await startReadyProcessor(run.env);
  await untilProcessed(run, survivor);
  await survivor.terminate();
  return recoveries;
}

test(
  'a processor that is killed again and again leaves the tables of one that never was',
  async () => {
    const topic = await orderTopic({ brokers: kafkaBrokers(), seed: SEED });
    await topic.send(EVENTS);
    const run = await processingRun(topic, 'killed', { HOLDFAST_BATCH_SIZE: BATCH_SIZE });
    const [recoveries, expected] = await Promise.all([processWithKills(run), undisturbedState(topic)]);
    console.log('from start to first commit, and how far it came:', recoveries);
    expect(recoveries.at(-1)?.killedAt).toBeLessThan(EVENTS);
    expect(expected.get('holds')?.length).toBeGreaterThan(100);
    expect(expected.get('pipeline_error_logs')?.length).toBeGreaterThan(100);
    await expectState(run, expected);
  },
  TIMEOUT_MS,
);
