import type { EachBatchPayload } from 'kafkajs';
import { AlreadyThere, classifyError, messageOf } from '../../platform/errors/classify.ts';
import { exemplarOfActiveSpan } from '../../platform/metrics/exemplars.ts';
import { RegistryAway } from '../../platform/schema-registry/registry-errors.ts';
import { withBatchSpan } from '../../platform/tracing/batch-span.ts';
import type { ProcessorContext } from '../context.ts';
import type { TopicHandler } from '../topics/topic-handler.ts';
import { type BatchReaders, NO_READERS, readersFor } from './avro-value.ts';
import { processBisecting } from './bisect.ts';
import { DatabaseAway } from './database-away.ts';
import type { KafkaRecord } from './kafka-record.ts';
import { outlastConflicts } from './outlast-conflicts.ts';
import type { Position } from './positions.ts';
import { type BatchResult, processBatch } from './process-batch.ts';

const HEARTBEAT_EVERY_MS = 3000;

/**
 * Processes records until they are committed; moves `position` along with every commit. Clashes with other
 * transactions are tried again here; a record that the database refuses is found and set aside.
 *
 * @throws {DatabaseAway} when the database cannot be used now: the caller pauses, and the records come again
 * @throws {RegistryAway} when the schema of an Avro value cannot be had: likewise
 * @throws {PositionMoved} when another instance has the partition
 */
export async function processPersistently(
  context: ProcessorContext,
  handler: TopicHandler<unknown>,
  partition: number,
  position: Position,
  records: readonly KafkaRecord[],
  payload: Pick<EachBatchPayload, 'heartbeat'>,
): Promise<void> {
  const heartbeats = setInterval(() => void payload.heartbeat().catch(() => undefined), HEARTBEAT_EVERY_MS);
  try {
    const readers = await schemasOf(context, handler, records);
    await outlastConflicts(
      () => records.filter((record) => record.offset >= position.next),
      async (rest) => {
        await processBisecting(
          {
            partition,
            epoch: position.epoch,
            expected: position.next,
            records: rest,
            isNewGround: !position.isOldGround,
            refused: new Map(),
            readers,
          },
          (batch) =>
            withBatchSpan(handler.topic, batch, async () => {
              const started = performance.now();
              const result = await processBatch(context.database, handler, batch, context.clock.now());
              observe(context, handler, batch.records.length, result, performance.now() - started);
              return result;
            }),
          (result) => {
            position.next = result.next;
            if (result.decoded.accepted.length > 0 && result.added.raw === result.decoded.accepted.length)
              position.isOldGround = false;
          },
        );
        context.health.report('batches', null);
      },
      (error) => {
        context.metrics.retries.inc({ cause: 'conflict' });
        if (error instanceof AlreadyThere) position.isOldGround = true;
      },
    ).catch((error: unknown) => {
      throw asReported(error);
    });
    await payload.heartbeat();
  } finally {
    clearInterval(heartbeats);
  }
}

/** @throws {RegistryAway} which health says, too, for as long as it is so */
async function schemasOf(
  { readers, health }: ProcessorContext,
  handler: TopicHandler<unknown>,
  records: readonly KafkaRecord[],
): Promise<BatchReaders> {
  try {
    const found = await readersFor(readers, handler.topic, records);
    if (found !== NO_READERS) health.report('schema registry', null);
    return found;
  } catch (error) {
    if (error instanceof RegistryAway) health.report('schema registry', error.message);
    throw error;
  }
}

function asReported(error: unknown): unknown {
  if (error instanceof Error && error.name === 'PositionMoved') return error;
  const kind = classifyError(error);
  return new DatabaseAway(kind === 'unavailable' ? 'unavailable' : 'fault', messageOf(error), error);
}

function observe(
  context: ProcessorContext,
  handler: TopicHandler<unknown>,
  records: number,
  { decoded, counts }: BatchResult,
  milliseconds: number,
): void {
  const { metrics, health, clock } = context;
  const topic = handler.topic;
  metrics.consumed.inc({ topic }, records);
  metrics.batchSeconds.observe({ topic }, milliseconds / 1000);
  metrics.batchRecords.observe({ topic }, records);
  metrics.duplicate.inc(counts.duplicates);
  metrics.tooLate.inc(counts.tooLate);
  if (counts.late !== undefined) metrics.late.inc({ topic }, counts.late);
  for (const rejected of decoded.rejected) metrics.deadLettered.inc({ reason: rejected.type });
  for (const [reason, count] of Object.entries(counts.holdsOpened))
    metrics.holdsOpened.inc({ reason }, count);
  // How far behind the traffic we are; our own messages say nothing of it.
  if (handler.internal) return;
  const committed = clock.now();
  const exemplarLabels = exemplarOfActiveSpan();
  for (const producedAt of decoded.producedAt)
    metrics.endToEnd.observe({ value: Math.max(0, committed - producedAt) / 1e6, exemplarLabels });
  health.advanceWatermark(decoded.watermark);
}
