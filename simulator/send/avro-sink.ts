import type { Buffer } from 'node:buffer';
import { eventEncoder } from '../../platform/avro/event-encoder.ts';
import { readEventSchemas } from '../../platform/avro/event-schemas.ts';
import { withSchemaId } from '../../platform/avro/wire-format.ts';
import type { SchemaRegistryConfig } from '../../platform/config/schema-registry.ts';
import { registerSchema, subjectOf } from '../../platform/schema-registry/register-schema.ts';
import type { SimulatedRecord } from '../record.ts';
import type { RecordSink } from './record-sink.ts';

/**
 * Sends order events as Avro, by our own schema of them, and what no producer should have sent as it is.
 *
 * @param topicName name of the topic of orders in this cluster
 * @throws {SchemaRefused} when the registry has another idea of the topic; {RegistryAway} when it cannot be asked
 */
export async function avroSink(
  sink: RecordSink,
  registry: SchemaRegistryConfig,
  topicName: string,
): Promise<RecordSink> {
  const schema = readEventSchemas().orders;
  const id = await registerSchema(registry, subjectOf(topicName), JSON.stringify(schema));
  const encode = eventEncoder(schema);
  const inAvro = (record: SimulatedRecord): SimulatedRecord => {
    if (record.kind === 'poison' || record.value === null) return record;
    return { ...record, value: withSchemaId(id, encode(membersOf(record.value))) };
  };
  return {
    send: (records) => sink.send(records.map(inAvro)),
    close: () => sink.close(),
  };
}

function membersOf(json: Buffer): Record<string, unknown> {
  return JSON.parse(json.toString('utf8')) as Record<string, unknown>;
}
