import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../platform/database/database.ts';
import { freshDatabase } from '../support/database.ts';
import { driveBatch, recordAt } from '../support/drive-batches.ts';
import { ordersHandlerOf, processorDatabase } from '../support/orders-processor.ts';

const NOW = Date.parse('2026-03-02T12:00:00Z') * 1000;

let database: Database;

beforeAll(async () => {
  const { url } = await freshDatabase();
  database = processorDatabase(url);
});

const said = (orderId: string, type: string, more: object = {}): string =>
  JSON.stringify({ order_id: orderId, event_type: type, occurred_at: '2026-03-02T01:00:00Z', ...more });

const deliver = (partition: number, values: readonly string[], first: number) =>
  driveBatch(
    database,
    ordersHandlerOf(),
    partition,
    values.map((value, index) => recordAt(first + index, value)),
    NOW,
  );

async function placesOf(orderId: string): Promise<{ event: string[]; copies: string[] }> {
  const { rows } = await database.query<{ place: string; is_copy: boolean }>(
    `SELECT partition || '/' || kafka_offset AS place, false AS is_copy FROM events WHERE order_id = $1
     UNION ALL
     SELECT partition || '/' || kafka_offset, true FROM event_copies WHERE order_id = $1 ORDER BY 1`,
    [orderId],
  );
  const places = (copies: boolean) => rows.filter((row) => row.is_copy === copies).map(({ place }) => place);
  return { event: places(false), copies: places(true) };
}

it('remembers every further record of an event, wherever it lies, and none of what came once', async () => {
  const paid = said('twice', 'PAID');
  await deliver(0, [said('once', 'PAID'), paid, paid, said('twice', 'PICKING')], 0);
  expect(await placesOf('twice')).toEqual({ event: ['0/1', '0/3'], copies: ['0/2'] });
  await deliver(0, [paid, said('other', 'PAID')], 4);
  await deliver(1, [paid], 0);
  expect(await placesOf('twice')).toEqual({ event: ['0/1', '0/3'], copies: ['0/2', '0/4', '1/0'] });
  expect((await placesOf('once')).copies).toEqual([]);
  expect((await placesOf('other')).copies).toEqual([]);
});

it('takes what says something else for another event', async () => {
  await deliver(2, [said('changed', 'PAID', { amount: 1 }), said('changed', 'PAID', { amount: 2 })], 0);
  expect(await placesOf('changed')).toEqual({ event: ['2/0', '2/1'], copies: [] });
});
