import avro from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteCheck } from './check-bytes.ts';

const check = (schema: unknown, bytes: readonly number[]) =>
  byteCheck(avro.Type.forSchema(schema as never))(Buffer.from(bytes), 0);

const record = (...types: unknown[]) => ({
  type: 'record',
  name: 'R',
  fields: types.map((type, index) => ({ name: `f${index}`, type })),
});

describe('bytes that are no record', () => {
  it.each([
    ['nothing at all', record('string'), [], 'the record ends too early'],
    ['a text that ends too early', record('string'), [10, 97, 98], 'the record ends too early'],
    ['a negative length', record('bytes'), [1], 'a length is negative'],
    ['a text that is no UTF-8', record('string'), [2, 0xff], 'a text is not valid UTF-8'],
    ['more than the record', record('null'), [7], '1 bytes follow the record'],
    ['a branch that there is not', ['null', 'string'], [4], 'a union has no branch 2'],
    ['a number without end', record('long'), Array(11).fill(0xff), 'a number is longer than ten bytes'],
    [
      'an array of four billion in six bytes',
      record({ type: 'array', items: 'string' }),
      [0x80, 0x80, 0x80, 0x80, 0x20, 0],
      'more items than the record has bytes',
    ],
    [
      'an array of four billion nulls',
      record({ type: 'array', items: 'null' }),
      [0x80, 0x80, 0x80, 0x80, 0x20, 0],
      'more items than the record has bytes',
    ],
    [
      'a map of the same, by a negative count',
      record({ type: 'map', values: 'null' }),
      [0xff, 0xff, 0xff, 0xff, 0x1f, 0],
      'more items than the record has bytes',
    ],
    [
      'nesting without end',
      { type: 'record', name: 'Node', fields: [{ name: 'next', type: ['null', 'Node'] }] },
      Array(5000).fill(2),
      'nested deeper than 64 levels',
    ],
  ])('%s', (_name, schema, bytes, message) => {
    expect(() => check(schema, bytes as number[])).toThrow(message);
  });
});

const SCHEMA = {
  type: 'record',
  name: 'R',
  fields: [
    { name: 'text', type: 'string' },
    { name: 'whole', type: 'long' },
    { name: 'real', type: ['null', 'double'] },
    { name: 'flag', type: 'boolean' },
    { name: 'small', type: 'float' },
    { name: 'blob', type: 'bytes' },
    { name: 'four', type: { type: 'fixed', name: 'Four', size: 4 } },
    { name: 'kind', type: { type: 'enum', name: 'Kind', symbols: ['A', 'B'] } },
    { name: 'many', type: { type: 'array', items: ['null', 'string'] } },
    { name: 'named', type: { type: 'map', values: 'int' } },
  ],
};

const values = fc.record({
  text: fc.string({ unit: 'grapheme' }),
  whole: fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
  real: fc.option(fc.double()),
  flag: fc.boolean(),
  small: fc.float({ noNaN: true }),
  blob: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  four: fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  kind: fc.constantFrom('A', 'B'),
  many: fc.array(fc.option(fc.string({ unit: 'grapheme' }))),
  named: fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer()),
});

const type = avro.Type.forSchema(SCHEMA as never);
const checked = byteCheck(type);

it('passes whatever avsc has written, and nothing that was cut off', () => {
  fc.assert(
    fc.property(values, fc.nat(), (value, cut) => {
      const bytes = type.toBuffer(value);
      checked(bytes, 0);
      expect(() => checked(bytes.subarray(0, cut % bytes.length), 0)).toThrow();
    }),
    { numRuns: 500 },
  );
});

it('lets through only what avsc reads to its end, however the bytes are bent', () => {
  const bent = fc
    .tuple(values, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }))
    .map(([value, changes]) => {
      const bytes = Buffer.from(type.toBuffer(value));
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      return bytes;
    });
  fc.assert(
    fc.property(bent, (bytes) => {
      try {
        checked(bytes, 0);
      } catch {
        return;
      }
      const { offset } = readOrNothing(bytes);
      expect([bytes.length, null]).toContain(offset);
    }),
    { numRuns: 2000 },
  );
});

/** An offset of null: avsc refuses the value, such as a number that is not exact or a symbol that there is not. */
function readOrNothing(bytes: Buffer): { offset: number | null } {
  try {
    return { offset: type.decode(bytes).offset };
  } catch {
    return { offset: null };
  }
}
