import { Buffer } from 'node:buffer';
import avro, { type Type, type types } from 'avsc';
import { byteCheck } from './check-bytes.ts';
import type { EventSchema } from './event-schemas.ts';
import { readingOptions } from './logical-types.ts';
import { branchesOf, readerType } from './reader-type.ts';
import { HEADER_BYTES } from './wire-format.ts';

/**
 * The JSON, in UTF-8, that says what an Avro value says.
 *
 * @throws with what is wrong with the bytes
 */
export type EventReader = (value: Buffer) => Buffer;

/**
 * Makes a reader of the values that were written with a schema of a producer: by Avro's resolution against our own schema
 * of the topic, and into the very JSON that the topic has otherwise, so that everything after this is the same.
 *
 * A producer's schema is a record, or a union of records: one for each kind of event.
 *
 * @param writerSchema text of the producer's schema, from the registry
 * @throws when it is no Avro schema, or not one that can be read as an event of the topic
 */
export function eventReader(ours: EventSchema, writerSchema: string): EventReader {
  const writer = avro.Type.forSchema(JSON.parse(writerSchema) as never, readingOptions());
  const check = byteCheck(writer);
  const isUnion = writer.typeName.startsWith('union:');
  const branches = branchesOf(writer).map((branch) => branchReader(ours, branch));
  if (branches.length > MOST_BRANCHES) throw new Error(`a union of ${branches.length} records is not read`);
  return (value) => {
    check(value, HEADER_BYTES);
    // One byte, zigzag.
    const index = isUnion ? (value[HEADER_BYTES] ?? 0) / 2 : 0;
    const read = branches[index];
    if (read === undefined) throw new Error(`the schema has no record ${index}`);
    return jsonOf(read(value, isUnion ? HEADER_BYTES + 1 : HEADER_BYTES));
  };
}

/** Whose index is one byte. */
const MOST_BRANCHES = 64;

function branchReader(ours: EventSchema, writer: Type): (value: Buffer, from: number) => unknown {
  if (writer.typeName !== 'record')
    throw new Error(`an event is a record, and the schema has ${writer.typeName}`);
  const reader = readerType(ours, writer as types.RecordType);
  const resolver = reader.createResolver(writer);
  return (value, from) => {
    const { value: event, offset } = reader.decode(value, from, resolver);
    if (offset < 0) throw new Error('the record ends too early');
    return event as unknown;
  };
}

/** Without members that are null: in JSON such a one is missing. */
function jsonOf(event: unknown): Buffer {
  return Buffer.from(JSON.stringify(event, asJson), 'utf8');
}

function asJson(this: unknown, key: string, value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object') return value;
  const own = (this as Record<string, unknown>)[key];
  return Buffer.isBuffer(own) ? own.toString('base64') : value;
}
