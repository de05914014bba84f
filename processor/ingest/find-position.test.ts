import type { Admin } from 'kafkajs';
import { expect, it } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { findPosition, watermarks } from './find-position.ts';
import { positionAt } from './positions.ts';

/** A broker whose partition 3 of topic `shop.orders` holds the offsets [low, high). */
function broker(low: number, high: number): Admin {
  const fetchTopicOffsets = async (topic: string) => {
    expect(topic).toBe('shop.orders');
    return [
      { partition: 0, offset: '999', low: '0', high: '999' },
      { partition: 3, offset: String(high), low: String(low), high: String(high) },
    ];
  };
  return { fetchTopicOffsets } as unknown as Admin;
}

interface Row {
  epoch: number;
  next_offset: number;
  last_kafka_timestamp: number | null;
}

/** A database with this row of consumer_offsets, or one that takes the row it is given. */
function database(row?: Row): Database {
  let stored = row;
  const query = async ({ name, values }: { name: string; values: [string, number, number] }) => {
    expect(values.slice(0, 2)).toEqual(['orders', 3]);
    if (name === 'start_position')
      stored ??= { epoch: 0, next_offset: values[2], last_kafka_timestamp: null };
    return { rows: name === 'read_position' ? [stored] : [] };
  };
  return { query } as unknown as Database;
}

const find = (admin: Admin, row?: Row) => findPosition(database(row), admin, 'orders', 'shop.orders', 3);

it('begins a new partition at the first record the broker has', async () => {
  expect(await find(broker(40, 90))).toEqual({
    kind: 'found',
    found: { position: positionAt(0, 40, null), seekTo: 40 },
  });
});

it('goes on where the database says, one record back to verify the last one', async () => {
  expect(await find(broker(40, 90), { epoch: 2, next_offset: 50, last_kafka_timestamp: 1_772 })).toEqual({
    kind: 'found',
    found: { position: positionAt(2, 50, 1_772), seekTo: 49 },
  });
});

it('verifies nothing when the record before is no longer there', async () => {
  expect(
    await find(broker(40, 90), { epoch: 0, next_offset: 40, last_kafka_timestamp: 1_772 }),
  ).toMatchObject({
    found: { position: { next: 40, verify: null }, seekTo: 40 },
  });
});

it('is at the end of the log when everything was read', async () => {
  expect(await find(broker(40, 90), { epoch: 0, next_offset: 90, last_kafka_timestamp: 5 })).toMatchObject({
    found: { position: { next: 90 }, seekTo: 89 },
  });
});

it.each([
  [39, { problem: 'BELOW_RETENTION', from: 39, to: 40 }],
  [91, { problem: 'BEYOND_END', from: 90, to: 91 }],
])('doubts the position %d', async (next_offset, doubt) => {
  expect(await find(broker(40, 90), { epoch: 4, next_offset, last_kafka_timestamp: 5 })).toEqual({
    kind: 'doubt',
    doubt,
    epoch: 4,
  });
});

it('says so when the topic has no such partition', async () => {
  await expect(watermarks(broker(0, 1), 'shop.orders', 7)).rejects.toThrow(
    'topic shop.orders has no partition 7',
  );
});
