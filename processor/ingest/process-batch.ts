import { rejectedRecordAlert } from '../../domain/alerts/alert.ts';
import type { RejectionType } from '../../domain/records/rejection.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Topic } from '../../platform/config/variables.ts';
import type { Connection, Database } from '../../platform/database/database.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { settleRetried } from '../commands/settle-retried.ts';
import { claimPosition } from '../sql/claim-position.ts';
import { findRetries } from '../sql/find-retries.ts';
import { insertAlerts } from '../sql/insert-alerts.ts';
import { insertRaw } from '../sql/insert-raw.ts';
import { insertRejected } from '../sql/insert-rejected.ts';
import type { BatchPlace, StoreCounts, TopicHandler } from '../topics/topic-handler.ts';
import type { BatchReaders } from './avro-value.ts';
import { type DecodedBatch, decodeBatch } from './decode-batch.ts';
import type { KafkaRecord } from './kafka-record.ts';

/** Consecutive records of one partition, and where the partition stood before them. */
export interface PartitionBatch {
  partition: number;
  epoch: number;
  /** The position this instance last read or wrote; not the batch's first offset, for compaction leaves gaps. */
  expected: number;
  records: readonly KafkaRecord[];
  /** Taken for the first time, as far as is known; false by default. */
  isNewGround?: boolean;
  /** Offsets that the database refused before, with its reason. */
  refused: ReadonlyMap<number, string>;
  /** Of the Avro values among the records; none by default. */
  readers?: BatchReaders;
}

export interface BatchResult {
  /** The partition's position now. */
  next: number;
  decoded: DecodedBatch;
  counts: StoreCounts;
  /** Rows that were not there before: of orders_raw, and of pipeline_error_logs. */
  added: { raw: number; rejected: number };
}

/**
 * First statement of a batch's transaction: makes sure that the batch has its place in the partition, and locks that.
 *
 * @returns the partition's watermark before the batch; null: none yet
 */
export type ClaimPlace = (
  connection: Connection,
  topic: Topic,
  batch: PartitionBatch,
  decoded: DecodedBatch,
) => Promise<Micros | null>;

/** Another instance moved the position of the partition: whatever this one knew of it is void. */
export class PositionMoved extends Error {
  constructor(topic: string, partition: number, expected: number) {
    super(`the position of ${topic} ${partition} is no longer ${expected}`);
    this.name = 'PositionMoved';
  }
}

/**
 * Every week is a chunk of five hypertables, each chunk holds locks until the commit, and PostgreSQL's table of locks
 * has 6,400 places by default: 1,200 weeks at once ended in "out of shared memory", 400 did not.
 */
const MOST_WEEKS = 50;

/** The batch touches too many chunks for one transaction; a part of it may not. */
export class BatchTooWide extends Error {
  constructor(weeks: number) {
    super(`the batch touches ${weeks} weeks, ${MOST_WEEKS} fit one transaction`);
    this.name = 'BatchTooWide';
  }
}

/**
 * The walk of one batch: decode, claim, write, judge, commit. One transaction; either all of it happened or nothing.
 *
 * @param claim other than moving the position along: for records from before it
 * @throws {PositionMoved} when another instance was here; {BatchTooWide}; {AlreadyThere} when it was no new ground; any
 *   error of the database
 */
export async function processBatch(
  database: Database,
  handler: TopicHandler<unknown>,
  batch: PartitionBatch,
  now: Micros,
  claim: ClaimPlace = claimNext,
): Promise<BatchResult> {
  const next = offsetAfter(batch);
  const decoded = decodeBatch(handler, batch.records, now, batch.refused, batch.readers);
  if (decoded.weeks > MOST_WEEKS) throw new BatchTooWide(decoded.weeks);
  const { counts, added } = await inTransaction(database, async (connection) => {
    const lateBefore = await claim(connection, handler.topic, batch, decoded);
    const { epoch, partition, isNewGround = false } = batch;
    const place = { topic: handler.topic, epoch, partition, now, isNewGround, lateBefore };
    const own = await findRetries(connection, place.topic, decoded.retried);
    const rejected = await keepRejected(connection, place, decoded, own);
    const stored = await storeAccepted(connection, handler, place, decoded);
    if (own.size > 0) {
      const retried = decoded.retried.filter((record) => own.has(record.offset));
      await settleRetried(connection, retried, now);
    }
    return { counts: stored.counts, added: { raw: stored.raw, rejected } };
  });
  return { next, decoded, counts, added };
}

/** The position moves behind the batch, if it is where this instance last saw it. */
const claimNext: ClaimPlace = async (connection, topic, batch, decoded) => {
  const claimed = await claimPosition(connection, {
    ...batch,
    topic,
    next: offsetAfter(batch),
    lastTimestamp: batch.records.at(-1)?.timestampMs ?? 0,
    watermark: decoded.watermarkMove,
  });
  if (claimed === null) throw new PositionMoved(topic, batch.partition, batch.expected);
  return claimed.lateBefore;
};

function offsetAfter({ records }: PartitionBatch): number {
  const last = records.at(-1);
  if (last === undefined) throw new Error('an empty batch has nowhere to move the position to');
  return last.offset + 1;
}

async function storeAccepted(
  connection: Connection,
  handler: TopicHandler<unknown>,
  place: BatchPlace,
  { accepted, rawRows }: DecodedBatch,
): Promise<{ counts: StoreCounts; raw: number }> {
  if (accepted.length === 0) return { counts: { duplicates: 0, tooLate: 0, holdsOpened: {} }, raw: 0 };
  const raw = handler.internal ? 0 : await insertRaw(connection, place, rawRows, place.isNewGround);
  return { counts: await handler.store(connection, place, accepted), raw };
}

/**
 * @param sentAgain offsets of records whose alert is there already: they were sent again for it
 * @returns how many were not kept before
 */
async function keepRejected(
  connection: Connection,
  place: { topic: string; epoch: number; partition: number },
  { rejected }: DecodedBatch,
  sentAgain: ReadonlySet<number>,
): Promise<number> {
  if (rejected.length === 0) return 0;
  const logIds = await insertRejected(connection, place, rejected);
  await insertAlerts(
    connection,
    rejected.flatMap((record) => {
      const logId = logIds.get(record.offset);
      if (logId === undefined || sentAgain.has(record.offset)) return [];
      return rejectedRecordAlert(
        { ...place, offset: record.offset },
        {
          type: record.type as RejectionType | 'STORE_ERROR',
          reason: record.reason,
          at: record.timestamp,
          logId,
        },
      );
    }),
  );
  return logIds.size;
}
