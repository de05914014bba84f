import { beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { type BatchResult, processBatch } from '../../processor/ingest/process-batch.ts';
import { readPosition } from '../../processor/sql/read-position.ts';
import { freshDatabase } from '../support/database.ts';
import { created, MIDNIGHT, recordOf, said } from '../support/oracle/example.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';
import { HOUR, SECOND } from '../support/traffic/times.ts';

const DAY = 24 * HOUR;
const NOW = Date.now() * 1000;

let database: Database;

beforeEach(async () => {
  database = processorDatabase((await freshDatabase()).url);
});

/** Processes messages that arrive now, as one batch. */
async function process(
  messages: readonly Record<string, unknown>[],
  settings: Record<string, string>,
): Promise<BatchResult> {
  const { epoch, nextOffset } = await readPosition(database, 'orders', 0, 0);
  const records = messages.map((message, i) => ({
    offset: nextOffset + i,
    timestampMs: NOW / 1000,
    key: null,
    value: recordOf(message, 0).value,
    headers: {},
  }));
  const batch = { partition: 0, epoch, expected: nextOffset, records, refused: new Map() };
  return processBatch(database, ordersHandlerOf(settings), batch, NOW);
}

async function counts(): Promise<Record<string, number>> {
  const { rows } = await database.query<Record<string, number>>(
    `SELECT (SELECT count(*) FROM orders_raw) AS raw, (SELECT count(*) FROM events) AS events,
            (SELECT count(*) FROM orders) AS orders, (SELECT count(*) FROM order_keys) AS keys,
            (SELECT count(*) FROM arrivals) AS arrivals, (SELECT count(*) FROM holds) AS holds,
            (SELECT count(*) FROM state_deltas) AS deltas`,
  );
  return rows[0]!;
}

const SINCE_60_DAYS = NOW - 60 * DAY - MIDNIGHT;

describe('an event older than the horizon of HOLDFAST_RETENTION_DAYS', () => {
  test('goes to the raw rows only and is counted as too late', async () => {
    const tooOld = created('old', SINCE_60_DAYS - 1, { shipping_address: '?' });
    const { counts: said } = await process([tooOld], { HOLDFAST_RETENTION_DAYS: '60' });
    expect(said).toEqual({ duplicates: 0, tooLate: 1, holdsOpened: {} });
    expect(await counts()).toEqual({
      raw: 1,
      events: 0,
      orders: 0,
      keys: 0,
      arrivals: 0,
      holds: 0,
      deltas: 0,
    });
  });

  test('leaves the others of its batch alone, those at the horizon too', async () => {
    const result = await process(
      [
        created('old', SINCE_60_DAYS - SECOND),
        created('just', SINCE_60_DAYS),
        said('PAID', NOW - MIDNIGHT, { order_id: 'old' }),
        created('new', NOW - MIDNIGHT),
      ],
      { HOLDFAST_RETENTION_DAYS: '60' },
    );
    expect(result.counts).toMatchObject({ duplicates: 0, tooLate: 1 });
    expect(result.next).toBe(4);
    expect(await counts()).toMatchObject({ raw: 4, events: 3, orders: 3, arrivals: 2 });
  });

  test('is counted again by nobody when the topic is replayed', async () => {
    const messages = [created('old', SINCE_60_DAYS - SECOND), created('new', NOW - MIDNIGHT)];
    await process(messages, { HOLDFAST_RETENTION_DAYS: '60' });
    const before = await counts();
    await database.query('UPDATE consumer_offsets SET next_offset = 0');
    const again = await process(messages, { HOLDFAST_RETENTION_DAYS: '60' });
    expect(again.counts).toMatchObject({ duplicates: 1, tooLate: 1 });
    expect(await counts()).toEqual(before);
  });

  test('is an event like any other where nothing is dropped', async () => {
    const { counts: said } = await process([created('old', SINCE_60_DAYS - 9 * 365 * DAY)], {});
    expect(said).toMatchObject({ tooLate: 0 });
    expect(await counts()).toMatchObject({ raw: 1, events: 1, orders: 1 });
  });
});
