import { expect, test } from 'vitest';
import { AlreadyThere } from '../../platform/errors/classify.ts';
import { positionAt } from '../../processor/ingest/positions.ts';
import { processBatch } from '../../processor/ingest/process-batch.ts';
import { processPersistently } from '../../processor/ingest/process-persistently.ts';
import { freshDatabase } from '../support/database.ts';
import { recordAt } from '../support/drive-batches.ts';
import { created, MIDNIGHT, said } from '../support/oracle/example.ts';
import { batchContext, ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';

const NOW = MIDNIGHT + 3_600_000_000;
const handler = ordersHandlerOf();
const payload = { heartbeat: async () => undefined };

const record = (offset: number, message: Record<string, unknown>) =>
  recordAt(offset, JSON.stringify(message));
const paid = (id: string, at: number) =>
  said('PAYMENT_COMPLETED', at, { order_id: id, current_status: 'PAID' });

async function rowsOf(database: ReturnType<typeof processorDatabase>): Promise<unknown> {
  const { rows } = await database.query(
    `SELECT (SELECT json_agg(o) FROM (SELECT order_id, current_status, revision FROM orders ORDER BY order_id) AS o) AS orders,
            (SELECT count(*)::integer FROM orders_raw) AS raw, (SELECT count(*)::integer FROM events) AS events,
            (SELECT count(*)::integer FROM event_copies) AS copies`,
  );
  return rows[0];
}

test('what is taken for new and is there already undoes its batch, and says so', async () => {
  const database = processorDatabase((await freshDatabase()).url);
  const records = [record(0, created('a', 0)), record(1, created('b', 1_000_000))];
  const batch = { partition: 0, epoch: 0, expected: 0, records, refused: new Map(), isNewGround: true };
  await standAt(database, 0);
  await processBatch(database, handler, batch, NOW);
  const before = await rowsOf(database);
  await standAt(database, 0);
  const again = processBatch(
    database,
    handler,
    { ...batch, records: [...records, record(2, paid('a', 5))] },
    NOW,
  );
  await expect(again).rejects.toBeInstanceOf(AlreadyThere);
  expect(await rowsOf(database)).toEqual(before);
});

test('a position that was set back is gone over once more, and new ground is known for it again', async () => {
  const database = processorDatabase((await freshDatabase()).url);
  const context = batchContext(database, NOW);
  const records = [
    record(0, created('a', 0)),
    record(1, paid('a', 2_000_000)),
    record(2, created('b', 1_000_000)),
    // The same event once more, as a producer sends it that had no answer.
    record(3, created('b', 1_000_000)),
  ];
  const position = positionAt(0, 0, null);
  await standAt(database, 0);
  await processPersistently(context, handler, 0, position, records, payload);
  expect(position).toMatchObject({ next: 4, isOldGround: false });
  const before = await rowsOf(database);
  expect(before).toMatchObject({ raw: 4, events: 3, copies: 1 });

  await standAt(database, 0);
  const setBack = positionAt(0, 0, null);
  await processPersistently(context, handler, 0, setBack, records, payload);
  expect(setBack).toMatchObject({ next: 4, isOldGround: true });
  expect(await rowsOf(database)).toMatchObject({ raw: 4, events: 3, copies: 1 });

  await processPersistently(context, handler, 0, setBack, [record(4, paid('b', 3_000_000))], payload);
  expect(setBack).toMatchObject({ next: 5, isOldGround: false });
  expect(await rowsOf(database)).toMatchObject({ raw: 5, events: 4, copies: 1 });
  const { values } = await context.metrics.retries.get();
  expect(values.map(({ labels, value }) => [labels.cause, value])).toEqual([['conflict', 1]]);
});

/** Puts partition 0 of `orders` to an offset. */
async function standAt(database: ReturnType<typeof processorDatabase>, next: number): Promise<void> {
  await database.query(
    `INSERT INTO consumer_offsets (topic, partition, next_offset) VALUES ('orders', 0, $1)
     ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset`,
    [next],
  );
}
