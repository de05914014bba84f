import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { kafkaBrokers } from '../support/kafka.ts';
import { orderTopic } from '../support/order-topic.ts';
import {
  expectState,
  processedRecords,
  processingRun,
  undisturbedState,
  untilProcessed,
} from '../support/processing-run.ts';
import { startReadyProcessor } from '../support/processor-process.ts';

const EVENTS = 25_000;
const BATCH_SIZE = '500';
const STOPS = 3;
/** What an orchestrator waits for by default before it kills. */
const STOPPED_WITHIN_MS = 10_000;
const TIMEOUT_MS = 600_000;

test(
  'a processor that is asked to stop in the middle of work does so cleanly, and its successor goes on there',
  async () => {
    const topic = await orderTopic({ brokers: kafkaBrokers(), seed: 'graceful' });
    await topic.send(EVENTS);
    const run = await processingRun(topic, 'stopped', { HOLDFAST_BATCH_SIZE: BATCH_SIZE });
    for (let stop = 0; stop < STOPS; stop += 1) {
      const before = await processedRecords(run);
      const processor = await startReadyProcessor(run.env);
      await eventually('some work', async () => (await processedRecords(run)) > before, { everyMs: 20 });
      await sleep(100 * stop);
      const { code, afterMs } = await processor.terminate();
      expect({ code, log: processor.log() }).toMatchObject({ code: 0 });
      expect(afterMs).toBeLessThan(STOPPED_WITHIN_MS);
      expect(await processedRecords(run)).toBeLessThan(EVENTS);
    }
    const last = await startReadyProcessor(run.env);
    await untilProcessed(run, last);
    expect(await last.terminate()).toMatchObject({ code: 0 });
    await expectState(run, await undisturbedState(topic));
  },
  TIMEOUT_MS,
);
