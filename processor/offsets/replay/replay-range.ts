import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import type { KafkaRecord } from '../../ingest/kafka-record.ts';
import type { BatchResult } from '../../ingest/process-batch.ts';
import { slices } from '../../ingest/slices.ts';
import type { PlanContext, ReplayRange } from './plan-replay.ts';
import { readRanges } from './read-ranges.ts';
import { type ReplayTools, replayRecords } from './replay-records.ts';
import { addResult, type ReplaySummary, startSummary } from './replay-summary.ts';

export interface ReplayContext extends PlanContext, ReplayTools {
  kafka: Kafka;
  /** Of the processors; the group that reads is named after it. */
  groupId: string;
  /** Most records of one transaction. */
  batchSize: number;
  signal: AbortSignal;
  /** Told after each transaction; `total` offsets are to be read. */
  onProgress(summary: ReplaySummary, total: number): void;
}

/** So long Kafka may give nothing: a broker may restart meanwhile. */
const PATIENCE_MS = 120_000;

/**
 * Takes the records of these ranges through the walk again, beside running processors, without moving a position.
 *
 * Idempotent: what is known is a duplicate, as it is for a processor that reads it again.
 *
 * @throws {ReplayRefused} when a position was moved meanwhile; whatever else ends the reading early. What was done is done
 */
export async function replayRange(
  context: ReplayContext,
  planned: readonly ReplayRange[],
): Promise<ReplaySummary> {
  const ranges = planned.filter(({ from, to }) => to > from);
  const total = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  const summary = startSummary();
  const most = Math.min(context.batchSize, context.handler.mostRecords ?? Number.POSITIVE_INFINITY);
  const onRecords = async (
    partition: number,
    records: readonly KafkaRecord[],
    heartbeat: () => Promise<void>,
  ): Promise<void> => {
    const epoch = epochOf(ranges, partition);
    const onDone = (result: BatchResult, read: number) => {
      addResult(summary, result, read);
      context.onProgress(summary, total);
    };
    for (const slice of slices(records, most)) {
      if (context.signal.aborted) return;
      await replayRecords(context, { partition, epoch }, slice, onDone);
      await heartbeat();
    }
  };
  const groupId = `${context.groupId}-replay-${randomUUID().slice(0, 8)}`;
  const { kafka, topicName, signal } = context;
  try {
    await readRanges(kafka, { topicName, groupId, ranges, onRecords, signal, patienceMs: PATIENCE_MS });
  } finally {
    // An empty group is forgotten by Kafka after a week, too.
    await context.admin.deleteGroups([groupId]).catch(() => undefined);
  }
  return { ...summary, stopped: signal.aborted };
}

function epochOf(ranges: readonly ReplayRange[], partition: number): number {
  return ranges.find((range) => range.partition === partition)?.epoch ?? 0;
}
