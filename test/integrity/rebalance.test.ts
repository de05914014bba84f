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
import { type ProcessorProcess, startReadyProcessor } from '../support/processor-process.ts';

/** Sent before each change of the group, so that every change meets work. */
const EVENTS_A_STEP = 6_000;
/** Many small transactions: more of them are open when the group changes. */
const BATCH_SIZE = '200';
const TIMEOUT_MS = 600_000;

test(
  'instances that join, leave and die during the work lose nothing and double nothing',
  async () => {
    const topic = await orderTopic({ brokers: kafkaBrokers(), seed: 'rebalance' });
    const run = await processingRun(topic, 'changing', { HOLDFAST_BATCH_SIZE: BATCH_SIZE });
    const step = async (instance: ProcessorProcess) => {
      const before = await processedRecords(run);
      await topic.send(EVENTS_A_STEP);
      await eventually('some work', async () => (await processedRecords(run)) > before + EVENTS_A_STEP / 8, {
        everyMs: 20,
        explain: instance.log,
      });
    };

    const first = await startReadyProcessor(run.env);
    await step(first);
    const second = await startReadyProcessor(run.env);
    await step(second);
    expect(await second.terminate()).toMatchObject({ code: 0 });
    await step(first);
    const third = await startReadyProcessor(run.env);
    await step(third);
    await first.kill();
    await step(third);
    await untilProcessed(run, third);
    expect(await third.readiness()).toEqual({ status: 200, problems: {} });
    await third.terminate();

    await expectState(run, await undisturbedState(topic));
  },
  TIMEOUT_MS,
);
