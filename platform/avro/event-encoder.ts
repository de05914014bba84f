import type { Buffer } from 'node:buffer';
import avro from 'avsc';
import { parseIso8601 } from '../../domain/time/iso8601.ts';
import { type EventSchema, type FieldSchema, itemFields } from './event-schemas.ts';
import { leafKindOf } from './leaf-type.ts';

type Members = Readonly<Record<string, unknown>>;

/** A JSON event as an Avro record of our schema; members that this does not have are left out. */
export type EventEncoder = (members: Members) => Buffer;

/**
 * Makes an encoder for our schema of a topic.
 *
 * @returns throws, naming the member, for what the schema cannot hold, such as a text where a number belongs
 */
export function eventEncoder(schema: EventSchema): EventEncoder {
  const type = avro.Type.forSchema(schema as never);
  return (members) => {
    const record = recordOf(schema.fields, members);
    type.isValid(record, {
      errorHook: (path, value) => {
        throw new Error(`${path.join('.')} cannot be ${JSON.stringify(value) ?? 'missing'}`);
      },
    });
    return type.toBuffer(record);
  };
}

function recordOf(fields: readonly FieldSchema[], members: Members): Members {
  const record: Record<string, unknown> = {};
  for (const field of fields) {
    const name = [field.name, ...(field.aliases ?? [])].find((one) => !isMissing(members[one]));
    if (name !== undefined) record[field.name] = fieldValue(field, members[name]);
    else if (Array.isArray(field.type)) record[field.name] = null;
  }
  return record;
}

function fieldValue({ name, type }: FieldSchema, value: unknown): unknown {
  const fields = itemFields(type);
  if (fields !== undefined) {
    if (!Array.isArray(value)) throw new Error(`${name} must be an array`);
    return value.map((item) => recordOf(fields, item as Members));
  }
  if (leafKindOf(type) !== 'time') return value;
  const at = typeof value === 'string' ? parseIso8601(value) : null;
  if (at === null) throw new Error(`${name} cannot be ${JSON.stringify(value)}`);
  return at;
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
