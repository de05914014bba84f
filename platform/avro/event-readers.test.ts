import avro from 'avsc';
import { expect, it } from 'vitest';
import { scriptedRegistry } from '../../test/support/scripted-registry.ts';
import { RegistryAway } from '../schema-registry/registry-errors.ts';
import { EventReaders, type EventReadersOptions } from './event-readers.ts';
import { withSchemaId } from './wire-format.ts';

const SCHEMA = {
  type: 'record',
  name: 'Order',
  fields: [{ name: 'order_id', type: 'string' }],
};

const VALUE = withSchemaId(1, avro.Type.forSchema(SCHEMA as never).toBuffer({ order_id: 'o1' }));

const found = { status: 200, body: { schema: JSON.stringify(SCHEMA) } };
const unknown = { status: 404, body: { error_code: 40403 } };

const PATIENCE = { timeoutMs: 20_000, attempts: 1 };

function readersOf(options: Partial<EventReadersOptions>) {
  const outcomes: string[] = [];
  const onLookup = (outcome: string) => outcomes.push(outcome);
  const readers = new EventReaders({
    ...{ registry: null, maxBytes: 1000, clock: () => 0, patience: PATIENCE, onLookup },
    ...options,
  });
  return { readers, outcomes };
}

it('asks once for each schema, however many need it at the same time', async () => {
  const { config, asked } = await scriptedRegistry(() => found);
  const { readers, outcomes } = readersOf({ registry: config });
  const ids = new Set([1, 2]);
  const all = await Promise.all([readers.readersOf('orders', ids), readers.readersOf('orders', ids)]);
  all.push(await readers.readersOf('orders', ids));
  for (const one of all) {
    const reader = one.get(1);
    expect(reader !== undefined && 'read' in reader && String(reader.read(VALUE))).toBe('{"order_id":"o1"}');
  }
  expect(asked.toSorted()).toEqual(['GET /schemas/ids/1', 'GET /schemas/ids/2']);
  expect(outcomes).toEqual(['found', 'found']);
});

it('asks again for an id that was unknown, but not at once', async () => {
  const registry = await scriptedRegistry(() => unknown);
  let now = 0;
  const { readers } = readersOf({ registry: registry.config, clock: () => now });
  const ask = async () => (await readers.readersOf('orders', new Set([9]))).get(9);
  expect(await ask()).toEqual({ reason: 'the schema registry knows no schema 9' });
  registry.script = () => found;
  expect(await ask()).toEqual({ reason: 'the schema registry knows no schema 9' });
  expect(registry.asked).toHaveLength(1);
  now = 6000;
  expect(await ask()).toHaveProperty('read');
});

it('keeps what it knows while the registry is away, leaves that in peace, and asks again later', async () => {
  const registry = await scriptedRegistry(() => found);
  let now = 0;
  const { readers, outcomes } = readersOf({ registry: registry.config, clock: () => now });
  await readers.readersOf('orders', new Set([1]));
  registry.script = () => ({ status: 503 });
  expect((await readers.readersOf('orders', new Set([1]))).size).toBe(1);
  for (const id of [2, 3])
    await expect(readers.readersOf('orders', new Set([id]))).rejects.toBeInstanceOf(RegistryAway);
  expect(registry.asked).toHaveLength(2);
  now = 1500;
  registry.script = () => found;
  expect((await readers.readersOf('orders', new Set([2]))).get(2)).toHaveProperty('read');
  expect(outcomes).toEqual(['found', 'failed', 'found']);
});

it('forgets the reader that was not needed for longest', async () => {
  const { config, asked } = await scriptedRegistry(() => found);
  const { readers } = readersOf({ registry: config });
  await readers.readersOf('orders', new Set(Array.from({ length: 500 }, (_, id) => id)));
  await readers.readersOf('orders', new Set([0]));
  await readers.readersOf('orders', new Set([1000]));
  asked.length = 0;
  await readers.readersOf('orders', new Set([0, 1000, 1]));
  expect(asked).toEqual(['GET /schemas/ids/1']);
});

it('says why there is no reader', async () => {
  const registry = await scriptedRegistry(() => ({ status: 200, body: { schema: '"string"' } }));
  const { readers } = readersOf({ registry: registry.config });
  const reasonOf = async (topic: 'orders' | 'holds', from = readers) =>
    (await from.readersOf(topic, new Set([4]))).get(4);
  expect(await reasonOf('orders')).toEqual({
    reason: 'schema 4 cannot be read as an event of orders: an event is a record, and the schema has string',
  });
  expect(await reasonOf('holds')).toMatchObject({ reason: expect.stringContaining('topic holds is JSON') });
  expect(await reasonOf('orders', readersOf({}).readers)).toMatchObject({
    reason: expect.stringContaining('HOLDFAST_SCHEMA_REGISTRY_URL'),
  });
});

it('reads no value over the input limit', async () => {
  const { config } = await scriptedRegistry(() => found);
  const { readers } = readersOf({ registry: config, maxBytes: 5 });
  const reader = (await readers.readersOf('orders', new Set([1]))).get(1);
  expect(() => reader !== undefined && 'read' in reader && reader.read(VALUE)).toThrow('the limit is 5');
});
