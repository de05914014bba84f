import type { Buffer } from 'node:buffer';
import type { DecodedMessage } from '../../domain/records/decode-record.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { EventReaders, ReaderOrReason } from '../../platform/avro/event-readers.ts';
import { isAvro, schemaIdOf } from '../../platform/avro/wire-format.ts';
import type { Topic } from '../../platform/config/variables.ts';
import { messageOf } from '../../platform/errors/classify.ts';
import type { TopicHandler } from '../topics/topic-handler.ts';
import type { KafkaRecord } from './kafka-record.ts';

/** How the Avro values of a batch are read, by id of their schema. */
export type BatchReaders = ReadonlyMap<number, ReaderOrReason>;

export const NO_READERS: BatchReaders = new Map();

/**
 * The readers that these records need; of records without Avro, nothing is asked.
 *
 * @throws {RegistryAway} when a schema is not known yet and the registry cannot be asked
 */
export async function readersFor(
  readers: EventReaders,
  topic: Topic,
  records: readonly KafkaRecord[],
): Promise<BatchReaders> {
  const ids = new Set<number>();
  for (const { value } of records) {
    const id = isAvro(value) ? schemaIdOf(value) : null;
    if (id !== null) ids.add(id);
  }
  return ids.size === 0 ? NO_READERS : readers.readersOf(topic, ids);
}

/** What the topic makes of the JSON that the Avro value says. Pure; never throws for bad input. */
export function decodeAvro(
  handler: TopicHandler<unknown>,
  value: Buffer,
  now: Micros,
  readers: BatchReaders,
): DecodedMessage<unknown> {
  const id = schemaIdOf(value);
  if (id === null) return parseError(`the record begins like Avro and has only ${value.length} bytes`);
  const reader = readers.get(id);
  if (reader === undefined) return parseError(`the record begins like Avro, and schema ${id} is not known`);
  if ('reason' in reader) return parseError(reader.reason);
  let json: Buffer;
  try {
    json = reader.read(value);
  } catch (error) {
    return parseError(`the record is not what its Avro schema ${id} says: ${messageOf(error).slice(0, 200)}`);
  }
  return handler.decode(json, now);
}

function parseError(reason: string): DecodedMessage<unknown> {
  return { kind: 'rejected', type: 'PARSE_ERROR', reason };
}
