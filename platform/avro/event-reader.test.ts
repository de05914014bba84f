import avro from 'avsc';
import { describe, expect, it } from 'vitest';
import { eventReader } from './event-reader.ts';
import { type AvroTopic, readEventSchemas } from './event-schemas.ts';
import { withSchemaId } from './wire-format.ts';

const ours = readEventSchemas();

const AT = 1_772_409_600_000_000;
const AT_ISO = '2026-03-02T00:00:00.000000Z';
const micros = { type: 'long', logicalType: 'timestamp-micros' };

type Fields = readonly object[];

const NEEDED: Fields = [
  { name: 'order_id', type: 'string' },
  { name: 'event_type', type: 'string' },
  { name: 'occurred_at', type: micros },
];
const SAID = { order_id: 'o1', event_type: 'PAID', occurred_at: AT };

/** A producer's schema of order events. */
const producer = (more: Fields, base: Fields = NEEDED, name = 'shop.Order') => ({
  type: 'record',
  name,
  fields: [...base, ...more],
});

/** What is read of a value that a producer has written with a schema of its own. */
function read(schema: object, value: unknown, topic: AvroTopic = 'orders'): unknown {
  const bytes = avro.Type.forSchema(schema as never).toBuffer(value);
  const reader = eventReader(ours[topic], JSON.stringify(schema));
  return JSON.parse(reader(withSchemaId(1, bytes)).toString('utf8'));
}

const base = { order_id: 'o1', event_type: 'PAID', occurred_at: AT_ISO };

describe('evolution of a producer', () => {
  it('reads the first version, and what is not in it is missing', () => {
    expect(read(producer([{ name: 'region', type: 'string' }]), { ...SAID, region: 'SEOUL' })).toEqual({
      ...base,
      region: 'SEOUL',
    });
  });

  it('keeps a field that only the producer knows', () => {
    const gift = {
      name: 'gift',
      type: ['null', { type: 'record', name: 'Gift', fields: [{ name: 'text', type: 'string' }] }],
    };
    expect(read(producer([gift]), { ...SAID, gift: { text: 'for you' } })).toEqual({
      ...base,
      gift: { text: 'for you' },
    });
    expect(read(producer([gift]), { ...SAID, gift: null })).toEqual(base);
  });

  it('reads a field that the producer has renamed, by the old name that it declares', () => {
    const renamed = { name: 'district', aliases: ['region'], type: ['null', 'string'], default: null };
    expect(read(producer([renamed]), { ...SAID, district: 'SEOUL' })).toEqual({ ...base, region: 'SEOUL' });
  });

  it('reads the older names that JSON may have, too', () => {
    const older = [
      NEEDED[0]!,
      { name: 'last_event_type', type: 'string' },
      { name: 'last_occurred_at', type: micros },
    ];
    expect(
      read(producer([], older), { order_id: 'o1', last_event_type: 'PAID', last_occurred_at: AT }),
    ).toEqual(base);
    const both = producer([{ name: 'last_event_type', type: 'string' }]);
    expect(read(both, { ...SAID, last_event_type: 'SHIPPED' })).toEqual({
      ...base,
      last_event_type: 'SHIPPED',
    });
  });

  it('leaves out a needed field that the producer does not have, for the topic to say so', () => {
    const anonymous = producer([], NEEDED.slice(1));
    expect(read(anonymous, { event_type: 'PAID', occurred_at: AT })).toEqual({
      event_type: 'PAID',
      occurred_at: AT_ISO,
    });
  });
});

describe('types that mean the same', () => {
  const decimal = { type: 'bytes', logicalType: 'decimal', precision: 12, scale: 2 };

  it.each([
    ['timestamp-micros', micros, AT, AT_ISO],
    ['timestamp-millis', { type: 'long', logicalType: 'timestamp-millis' }, AT / 1000, AT_ISO],
    ['a text', 'string', '2026-03-02T09:00:00+09:00', '2026-03-02T09:00:00+09:00'],
    [
      'a year that stands for never',
      { type: 'long', logicalType: 'timestamp-millis' },
      Date.parse('9999-12-31T23:59:59.999Z'),
      '9999-12-31T23:59:59.999000Z',
    ],
  ])('a time is %s', (_name, type, value, expected) => {
    const schema = producer([{ name: 'promised_at', type: ['null', type] }]);
    expect(read(schema, { ...SAID, promised_at: value })).toEqual({ ...base, promised_at: expected });
  });

  it.each([
    ['double', 'double', 19.9, 19.9],
    ['int', 'int', 20, 20],
    ['long', { type: 'long' }, 20, 20],
    ['decimal', decimal, Buffer.from([0x07, 0xc6]), 19.9],
    ['a negative decimal', decimal, Buffer.from([0xff]), -0.01],
    ['an empty decimal', decimal, Buffer.alloc(0), 0],
    [
      'decimal in fixed',
      { type: 'fixed', name: 'Money', size: 4, logicalType: 'decimal', precision: 9, scale: 3 },
      Buffer.from([0, 0, 0x4d, 0xbc]),
      19.9,
    ],
    ['infinity, which is none', 'double', Number.POSITIVE_INFINITY, 'Infinity'],
    ['a decimal of a kilobyte, which is none', decimal, Buffer.alloc(1024, 1), 'a decimal of 1024 bytes'],
  ])('an amount is %s', (_name, type, value, expected) => {
    const schema = producer([{ name: 'amount', type }]);
    expect(read(schema, { ...SAID, amount: value })).toEqual({ ...base, amount: expected });
  });

  it('reads a decimal as the number that JSON has for its digits', () => {
    const schema = producer([{ name: 'amount', type: decimal }]);
    for (const cents of [1, 10, 33, 1_010, 12_345_678_901]) {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64BE(BigInt(cents));
      const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
      expect(read(schema, { ...SAID, amount: bytes })).toMatchObject({ amount: JSON.parse(text) as number });
    }
  });

  it('a text is the symbol of an enum', () => {
    const type = { type: 'enum', name: 'Kind', symbols: ['PAID', 'SHIPPED'] };
    const fields = [NEEDED[0]!, { name: 'event_type', type }, NEEDED[2]!];
    expect(read(producer([], fields), SAID)).toEqual(base);
  });

  it('reads the branch of a union that was written', () => {
    const schema = producer([{ name: 'amount', type: ['null', 'double', decimal] }]);
    expect(read(schema, { ...SAID, amount: 5.5 })).toEqual({ ...base, amount: 5.5 });
    expect(read(schema, { ...SAID, amount: Buffer.from([0x07, 0xc6]) })).toEqual({ ...base, amount: 19.9 });
    expect(read(schema, { ...SAID, amount: null })).toEqual(base);
  });

  it('reads the lines of an order, whatever the producer calls them', () => {
    const line = {
      type: 'record',
      name: 'Line',
      fields: [
        { name: 'sku', aliases: ['product_id'], type: 'string' },
        { name: 'price', type: decimal },
        { name: 'colour', type: 'string' },
      ],
    };
    const schema = producer([{ name: 'items', type: ['null', { type: 'array', items: line }] }]);
    const items = [{ sku: 'p1', price: Buffer.from([0x07, 0xc6]), colour: 'red' }];
    expect(read(schema, { ...SAID, items })).toEqual({
      ...base,
      items: [{ product_id: 'p1', price: 19.9, colour: 'red' }],
    });
  });

  it('reads a union of records, one for each kind of event', () => {
    const schema = [
      producer([{ name: 'user_id', type: 'string' }], NEEDED, 'shop.Created'),
      producer([{ name: 'amount', type: 'double' }], NEEDED, 'shop.Paid'),
    ];
    expect(read(schema, { 'shop.Paid': { ...SAID, amount: 3 } })).toEqual({ ...base, amount: 3 });
    expect(read(schema, { 'shop.Created': { ...SAID, user_id: 'u1' } })).toEqual({ ...base, user_id: 'u1' });
  });

  it('keeps 64-bit numbers and bytes that it knows nothing of', () => {
    const schema = producer([
      { name: 'checksum', type: 'long' },
      { name: 'blob', type: 'bytes' },
    ]);
    const type = avro.Type.forSchema(schema as never, {
      registry: { long: anyLong },
    });
    const bytes = type.toBuffer({ ...SAID, checksum: 2n ** 62n, blob: Buffer.from([0, 255]) });
    const reader = eventReader(ours.orders, JSON.stringify(schema));
    expect(JSON.parse(reader(withSchemaId(1, bytes)).toString())).toEqual({
      ...base,
      checksum: '4611686018427387904',
      blob: 'AP8=',
    });
  });
});

const anyLong = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint | number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(value));
    return bytes;
  },
  fromJSON: (value: unknown) => value,
  toJSON: (value: unknown) => value,
  isValid: () => true,
  compare: () => 0,
});

describe('schemas that are not read', () => {
  it.each([
    ['no Avro', '{"type":"recor"}', /unknown type/],
    ['no JSON', 'syntax = "proto3";', /JSON/],
    ['no record', '"string"', /an event is a record, and the schema has string/],
    [
      'a number that is a text',
      JSON.stringify(producer([{ name: 'quantity', type: ['null', 'string'] }])),
      /quantity is string, which is not read as a whole number/,
    ],
    [
      'a time without a unit',
      JSON.stringify(producer([{ name: 'promised_at', type: 'long' }])),
      /promised_at is long, which is not read as a time/,
    ],
    [
      'lines that are texts',
      JSON.stringify(producer([{ name: 'items', type: { type: 'array', items: 'string' } }])),
      /items\[\] is string, which is not read as a record/,
    ],
  ])('%s', (_name, schema, message) => {
    expect(() => eventReader(ours.orders, schema)).toThrow(message);
  });
});
