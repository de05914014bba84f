import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { kafkaBrokers } from '../support/kafka.ts';
import { orderTopic } from '../support/order-topic.ts';
import { expectState, processingRun, undisturbedState, untilProcessed } from '../support/processing-run.ts';
import { startReadyProcessor } from '../support/processor-process.ts';

const EVENTS = 2_000;
const TIMEOUT_MS = 600_000;

/** As a full disk does it: what is there can be read, and nothing can be added. */
const REFUSE = `
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$;
  CREATE TRIGGER refuse BEFORE INSERT ON orders_raw FOR EACH ROW EXECUTE FUNCTION refuse()`;
const ALLOW = 'DROP TRIGGER refuse ON orders_raw; DROP FUNCTION refuse()';

test(
  'while the database can be read but not written, waits grow and the processor is not ready; then nothing is missing',
  async () => {
    const topic = await orderTopic({ brokers: kafkaBrokers(), seed: 'refused' });
    const run = await processingRun(topic, 'refused');
    await run.pool.query(REFUSE);
    const processor = await startReadyProcessor(run.env);
    await topic.send(EVENTS);
    await eventually('a fifth attempt', () => /"attempt":5\b/.test(processor.log()), {
      explain: processor.log,
    });
    expect(await processor.readiness()).toMatchObject({
      status: 503,
      problems: { batches: expect.stringContaining('No space left on device') },
    });
    await run.pool.query(ALLOW);
    await untilProcessed(run, processor);
    await processor.ready();
    expect(await processor.terminate()).toMatchObject({ code: 0 });
    await expectState(run, await undisturbedState(topic));
  },
  TIMEOUT_MS,
);
