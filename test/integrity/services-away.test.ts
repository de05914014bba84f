import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { privateBroker } from '../support/kafka.ts';
import { orderTopic } from '../support/order-topic.ts';
import {
  expectState,
  type ProcessingRun,
  processedRecords,
  processingRun,
  undisturbedState,
  untilProcessed,
} from '../support/processing-run.ts';
import { type ProcessorProcess, startReadyProcessor } from '../support/processor-process.ts';
import { watchMemory } from '../support/resident-memory.ts';
import { restartableDatabase } from '../support/restartable-database.ts';
import { addressOf, tcpProxy, urlThrough } from '../support/tcp-proxy.ts';
import { nativeServer } from '../support/template.ts';

/** Sent before an outage and again during it. */
const EVENTS_BEFORE = 5_000;
const EVENTS_MEANWHILE = 20_000;
const BATCH_SIZE = '500';
const AWAY_MS = 20_000;
const MOST_MEMORY_MIB = 600;
const TIMEOUT_MS = 600_000;

interface Outage {
  readonly what: string;
  /** The part of readiness that names it. */
  readonly service: 'database' | 'kafka';
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Takes a service away in the middle of work, sees that readiness says so, and gives it back. */
async function survive(processor: ProcessorProcess, run: ProcessingRun, outage: Outage): Promise<void> {
  const { what, service, begin, end } = outage;
  const sendMeanwhile = () => run.topic.send(EVENTS_MEANWHILE);
  const before = await processedRecords(run);
  await run.topic.send(EVENTS_BEFORE);
  await eventually('some work', async () => (await processedRecords(run)) > before, { everyMs: 20 });
  await begin();
  const from = performance.now();
  await eventually(
    `readiness to name ${service}`,
    async () => {
      const { status, problems } = await processor.readiness();
      return status === 503 && service in problems;
    },
    { explain: processor.log },
  );
  if (service === 'database') await sendMeanwhile();
  await sleep(AWAY_MS - (performance.now() - from));
  expect((await processor.readiness()).status).toBe(503);
  await end();
  const back = performance.now();
  if (service === 'kafka') await sendMeanwhile();
  await processor.ready();
  console.log(`${what} is back: ready after ${Math.round(performance.now() - back)} ms`);
}

test(
  `nothing is lost or doubled when broker or database are away for ${AWAY_MS / 1000} s, and memory stays bounded`,
  async () => {
    const broker = await privateBroker();
    // A native server is not ours to kill.
    const crashing = nativeServer() === undefined ? await restartableDatabase() : undefined;
    const topic = await orderTopic({ brokers: broker.brokers, seed: 'away' });
    const run = await processingRun(topic, 'away', { HOLDFAST_BATCH_SIZE: BATCH_SIZE }, crashing?.url);
    const wire = await tcpProxy(addressOf(run.databaseUrl, 5432));
    const processor = await startReadyProcessor({
      ...run.env,
      DATABASE_URL: urlThrough(run.databaseUrl, wire.port),
    });
    const mostMemory = watchMemory(processor);

    await survive(processor, run, {
      what: 'the database behind a cut wire',
      service: 'database',
      begin: wire.cut,
      end: wire.mend,
    });
    if (crashing !== undefined) {
      await survive(processor, run, {
        what: 'a killed database',
        service: 'database',
        begin: crashing.kill,
        end: crashing.start,
      });
    }
    await survive(processor, run, {
      what: 'a killed broker',
      service: 'kafka',
      begin: broker.kill,
      end: broker.start,
    });
    await untilProcessed(run, processor);
    expect(await processor.readiness()).toEqual({ status: 200, problems: {} });
    const memory = mostMemory();
    console.log(`most memory: ${memory} MiB`);
    expect(memory).toBeLessThan(MOST_MEMORY_MIB);
    expect(await processor.terminate()).toMatchObject({ code: 0 });
    await expectState(run, await undisturbedState(topic));
  },
  TIMEOUT_MS,
);
