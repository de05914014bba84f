import { EventReaders } from '../../../platform/avro/event-readers.ts';
import { isAvro, schemaIdOf } from '../../../platform/avro/wire-format.ts';
import type { SchemaRegistryConfig } from '../../../platform/config/schema-registry.ts';
import type { LoggedRecord } from './kafka-log.ts';

/**
 * The records with their Avro values as the JSON that they say. What begins like Avro and is none stays as it is, and is
 * no JSON either.
 *
 * @param registry null: nothing was sent as Avro
 */
export async function inJson(
  records: readonly LoggedRecord[],
  registry: SchemaRegistryConfig | null,
  maxBytes: number,
): Promise<readonly LoggedRecord[]> {
  if (registry === null) return records;
  const ids = records.flatMap(({ value }) => (isAvro(value) ? (schemaIdOf(value) ?? []) : []));
  const readers = await new EventReaders({ registry, maxBytes, clock: () => performance.now() }).readersOf(
    'orders',
    new Set(ids),
  );
  return records.map((record) => {
    const { value } = record;
    const id = isAvro(value) ? schemaIdOf(value) : null;
    const reader = id === null ? undefined : readers.get(id);
    if (value === null || reader === undefined || 'reason' in reader) return record;
    try {
      return { ...record, value: reader.read(value) };
    } catch {
      return record;
    }
  });
}
