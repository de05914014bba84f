import type { Micros } from '../../../domain/time/micros.ts';
import type { EventReaders } from '../../../platform/avro/event-readers.ts';
import type { Database } from '../../../platform/database/database.ts';
import { readersFor } from '../../ingest/avro-value.ts';
import { processBisecting } from '../../ingest/bisect.ts';
import type { KafkaRecord } from '../../ingest/kafka-record.ts';
import { outlastConflicts } from '../../ingest/outlast-conflicts.ts';
import { type BatchResult, type ClaimPlace, processBatch } from '../../ingest/process-batch.ts';
import { lockPosition } from '../../sql/lock-position.ts';
import type { TopicHandler } from '../../topics/topic-handler.ts';
import { ReplayRefused } from './plan-replay.ts';

export interface ReplayTools {
  database: Database;
  handler: TopicHandler<unknown>;
  /** Of Avro values. */
  readers: EventReaders;
  now: () => Micros;
}

/**
 * Takes records from before the position through the walk, and leaves position and watermark as they are.
 *
 * @param onDone called after each commit, with how many records it was of
 * @throws {ReplayRefused} when the position was moved back, or into another epoch, meanwhile
 * @throws {RegistryAway} when the schema of an Avro value cannot be had; any error of the database
 */
export async function replayRecords(
  tools: ReplayTools,
  place: { partition: number; epoch: number },
  records: readonly KafkaRecord[],
  onDone: (result: BatchResult, records: number) => void,
): Promise<void> {
  const { database, handler, now } = tools;
  const readers = await readersFor(tools.readers, handler.topic, records);
  let rest = records;
  await outlastConflicts(
    () => rest,
    (left) =>
      processBisecting(
        { ...place, expected: left[0]?.offset ?? 0, records: left, refused: new Map(), readers },
        (batch) => processBatch(database, handler, batch, now(), claimBehind),
        (result) => {
          const before = rest.length;
          rest = rest.filter(({ offset }) => offset >= result.next);
          onDone(result, before - rest.length);
        },
      ),
  );
}

/**
 * The batch lies behind the position. All that it finds out is then late, as far as event time has come: the watermark is
 * read under the lock that keeps it, as a batch of the processor does.
 */
const claimBehind: ClaimPlace = async (connection, topic, batch) => {
  const position = await lockPosition(connection, topic, batch.partition);
  const last = batch.records.at(-1)?.offset ?? 0;
  if (position === null || position.epoch !== batch.epoch || position.nextOffset <= last)
    throw new ReplayRefused(
      `The position of partition ${batch.partition} was moved meanwhile: look at npm run offsets -- list, then run the same command again.`,
    );
  return position.watermark;
};
