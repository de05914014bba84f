import { Buffer } from 'node:buffer';

/** Confluent's wire format: a zero byte, the id of the schema in four bytes, then the record. */
const MAGIC = 0;
export const HEADER_BYTES = 5;

/** Whether a value is meant as Avro: neither JSON nor any other text begins with a zero byte. */
export function isAvro(value: Buffer | null): value is Buffer {
  return value !== null && value[0] === MAGIC;
}

/** Id of the schema an Avro value was written with; null when it ends before that. */
export function schemaIdOf(value: Buffer): number | null {
  return value.length < HEADER_BYTES ? null : value.readUInt32BE(1);
}

/** The bytes of a record in the wire format. */
export function withSchemaId(id: number, record: Buffer): Buffer {
  const value = Buffer.allocUnsafe(HEADER_BYTES + record.length);
  value[0] = MAGIC;
  value.writeUInt32BE(id, 1);
  record.copy(value, HEADER_BYTES);
  return value;
}
