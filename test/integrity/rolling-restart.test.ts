import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { kafkaBrokers } from '../support/kafka.ts';
import { type OrderTopic, orderTopic } from '../support/order-topic.ts';
import {
  expectState,
  type ProcessingRun,
  processedRecords,
  processingRun,
  undisturbedState,
  untilProcessed,
} from '../support/processing-run.ts';
import { type ProcessorProcess, startReadyProcessor } from '../support/processor-process.ts';

const INSTANCES = 2;
const EVENTS_AT_ONCE = 200;
const SEND_EVERY_MS = 400;
/** Processed by the new instances before the next old one goes. */
const EVENTS_BETWEEN = 400;
/** Longest time in which nothing at all may be processed, though there is something. Wide: tests share the machine. */
const STANDSTILL_MS = 60_000;
const TIMEOUT_MS = 600_000;

/** Sends until it is told to stop. @returns what stops it, once all is sent */
function steadyTraffic(topic: OrderTopic): () => Promise<number> {
  let isOver = false;
  let sent = 0;
  const sending = (async () => {
    while (!isOver) {
      await topic.send(EVENTS_AT_ONCE);
      sent += EVENTS_AT_ONCE;
      await sleep(SEND_EVERY_MS);
    }
  })();
  return async () => {
    isOver = true;
    await sending;
    return sent;
  };
}

/** Looks at the progress until it is told to stop. @returns what stops it, with the longest time there was none */
function watchProgress(run: ProcessingRun): () => Promise<number> {
  let isOver = false;
  let longestMs = 0;
  const watching = (async () => {
    let last = await processedRecords(run);
    let since = performance.now();
    while (!isOver) {
      await sleep(50);
      const now = await processedRecords(run);
      longestMs = Math.max(longestMs, performance.now() - since);
      if (now === last) continue;
      last = now;
      since = performance.now();
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    return Math.round(longestMs);
  };
}

test(
  'processors replaced one after the other under load lose nothing, double nothing, and somebody always works',
  async () => {
    const topic = await orderTopic({ brokers: kafkaBrokers(), seed: 'rolling-restart' });
    const run = await processingRun(topic, 'rolled', { HOLDFAST_BATCH_SIZE: '200' });
    const some = async (instance: ProcessorProcess) => {
      const before = await processedRecords(run);
      await eventually('some work', async () => (await processedRecords(run)) > before + EVENTS_BETWEEN, {
        explain: instance.log,
      });
    };
    const stopTraffic = steadyTraffic(topic);
    const old: ProcessorProcess[] = [];
    for (let i = 0; i < INSTANCES; i += 1) old.push(await startReadyProcessor(run.env));
    await some(old[0]!);
    const stopWatching = watchProgress(run);

    let newest = old[0]!;
    for (const leaving of old) {
      newest = await startReadyProcessor(run.env);
      await some(newest);
      expect(await leaving.terminate()).toMatchObject({ code: 0 });
      await some(newest);
    }

    const standstillMs = await stopWatching();
    const sent = await stopTraffic();
    console.log(`longest time without progress: ${standstillMs} ms, of ${sent} events sent meanwhile`);
    expect(sent).toBeGreaterThan(INSTANCES * EVENTS_BETWEEN);
    expect(standstillMs).toBeLessThan(STANDSTILL_MS);
    await untilProcessed(run, newest);
    expect(await processedRecords(run)).toBe(sent);
    expect(await newest.readiness()).toEqual({ status: 200, problems: {} });
    await newest.terminate();
    await expectState(run, await undisturbedState(topic));
  },
  TIMEOUT_MS,
);
