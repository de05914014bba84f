import { expect, test } from 'vitest';
import { databaseState } from '../support/fingerprint.ts';
import { kafkaBrokers } from '../support/kafka.ts';
import { orderTopic } from '../support/order-topic.ts';
import { expectState, processedRecords, processingRun, untilProcessed } from '../support/processing-run.ts';
import { startReadyProcessor } from '../support/processor-process.ts';

const EVENTS = 20_000;
/** The second time the records come in other batches. */
const BATCH_SIZE = '700';
const TIMEOUT_MS = 600_000;

test(
  'a topic that is consumed again from offset 0 changes nothing',
  async () => {
    const topic = await orderTopic({ brokers: kafkaBrokers(), seed: 'replay', gzip: false });
    await topic.send(EVENTS);
    const run = await processingRun(topic, 'replayed');
    const once = await startReadyProcessor(run.env);
    await untilProcessed(run, once);
    await once.terminate();
    const expected = await databaseState(run.pool);

    const goBack = async () => {
      await run.pool.query('UPDATE consumer_offsets SET next_offset = 0, last_kafka_timestamp = NULL');
      expect(await processedRecords(run)).toBe(0);
    };
    await goBack();
    const again = await startReadyProcessor({ ...run.env, HOLDFAST_BATCH_SIZE: BATCH_SIZE });
    await untilProcessed(run, again);
    await expectState(run, expected);

    await goBack(); // under a processor that has nothing to do
    await untilProcessed(run, again);
    await again.terminate();
    await expectState(run, expected);
  },
  TIMEOUT_MS,
);
