import { type Buffer, isUtf8 } from 'node:buffer';
import type { Type, types } from 'avsc';

/** Deepest nesting of a record: a schema may contain itself. */
const MOST_LEVELS = 64;

/** Items that take no bytes, such as nulls: so many may be in a record for nothing. */
const FREE_ITEMS = 10_000;

interface Cursor {
  readonly bytes: Buffer;
  at: number;
  /** Items of arrays and maps so far. */
  items: number;
}

type Check = (cursor: Cursor, level: number) => void;

/**
 * Makes a check that bytes are a record of a type, from a position to their end. It has to be passed before avsc reads
 * them, which trusts what it reads: six bytes that say "an array of four billion" keep it busy until the memory is gone,
 * and what is no UTF-8 becomes a text with replacement characters.
 *
 * @returns throws, with what is wrong
 */
export function byteCheck(type: Type): (bytes: Buffer, from: number) => void {
  const check = compile(type, new Map());
  return (bytes, from) => {
    const cursor = { bytes, at: from, items: 0 };
    check(cursor, 0);
    if (cursor.at < bytes.length) throw new Error(`${bytes.length - cursor.at} bytes follow the record`);
  };
}

function compile(type: Type, known: Map<Type, Check>): Check {
  const before = known.get(type);
  if (before !== undefined) return before;
  let made: Check | undefined;
  // A type may contain itself: whoever meets it again calls what is being made.
  known.set(type, (cursor, level) => made?.(cursor, level));
  made = checkOf(type, known);
  return made;
}

function checkOf(type: Type, known: Map<Type, Check>): Check {
  const name = type.typeName;
  if (name.startsWith('logical:')) return compile((type as types.LogicalType).underlyingType, known);
  switch (name) {
    case 'null':
      return () => undefined;
    case 'boolean':
      return (cursor) => skip(cursor, 1);
    case 'int':
    case 'long':
    case 'abstract:long':
    case 'enum':
      return readLong;
    case 'float':
      return (cursor) => skip(cursor, 4);
    case 'double':
      return (cursor) => skip(cursor, 8);
    case 'bytes':
      return (cursor) => skip(cursor, readLong(cursor));
    case 'string':
      return checkText;
    case 'fixed':
      return (cursor) => skip(cursor, (type as types.FixedType).size);
    case 'array':
      return blocks(compile((type as types.ArrayType).itemsType, known));
    case 'map': {
      const value = compile((type as types.MapType).valuesType as Type, known);
      return blocks((cursor, level) => {
        checkText(cursor);
        value(cursor, level);
      });
    }
    case 'record':
    case 'error':
      return fields((type as types.RecordType).fields.map((field) => compile(field.type, known)));
    default:
      return branches((type as types.UnwrappedUnionType).types.map((branch) => compile(branch, known)));
  }
}

function fields(checks: readonly Check[]): Check {
  return (cursor, level) => {
    if (level >= MOST_LEVELS) throw new Error(`the record is nested deeper than ${MOST_LEVELS} levels`);
    for (const check of checks) check(cursor, level + 1);
  };
}

function branches(checks: readonly Check[]): Check {
  return (cursor, level) => {
    const index = readLong(cursor);
    const check = checks[index];
    if (check === undefined) throw new Error(`a union has no branch ${index}`);
    if (level >= MOST_LEVELS) throw new Error(`the record is nested deeper than ${MOST_LEVELS} levels`);
    check(cursor, level + 1);
  };
}

function blocks(item: Check): Check {
  return (cursor, level) => {
    if (level >= MOST_LEVELS) throw new Error(`the record is nested deeper than ${MOST_LEVELS} levels`);
    for (let count = readLong(cursor); count !== 0; count = readLong(cursor)) {
      // Negative: the bytes of the block come next.
      if (count < 0) readLong(cursor);
      cursor.items += Math.abs(count);
      if (cursor.items > cursor.bytes.length + FREE_ITEMS)
        throw new Error('an array or map says it has more items than the record has bytes');
      for (let left = Math.abs(count); left > 0; left -= 1) item(cursor, level + 1);
    }
  };
}

function checkText(cursor: Cursor): void {
  const length = readLong(cursor);
  const from = cursor.at;
  skip(cursor, length);
  if (!isUtf8(cursor.bytes.subarray(from, from + length))) throw new Error('a text is not valid UTF-8');
}

function skip(cursor: Cursor, length: number): void {
  if (length < 0) throw new Error('a length is negative');
  if (cursor.at + length > cursor.bytes.length) throw new Error('the record ends too early');
  cursor.at += length;
}

const LONGEST_NUMBER = 10;

/** A number of seven bits a byte, zigzag. Beyond 2^53 it is not exact, which is far beyond any length. */
function readLong(cursor: Cursor): number {
  const { bytes } = cursor;
  let value = 0;
  let scale = 1;
  for (let read = 0; read < LONGEST_NUMBER; read += 1) {
    const byte = bytes[cursor.at];
    if (byte === undefined) throw new Error('the record ends too early');
    cursor.at += 1;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    scale *= 128;
  }
  throw new Error('a number is longer than ten bytes');
}
