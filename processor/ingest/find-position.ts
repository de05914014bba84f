import type { Admin } from 'kafkajs';
import { checkPosition, type PositionDoubt } from '../../domain/records/position-check.ts';
import type { Database } from '../../platform/database/database.ts';
import { readPosition } from '../sql/read-position.ts';
import { type Position, positionAt } from './positions.ts';

export interface FoundPosition {
  position: Position;
  /** Offset to fetch from: the record before the position, if it can be verified, else the position. */
  seekTo: number;
}

export type PositionSearch =
  | { kind: 'found'; found: FoundPosition }
  | { kind: 'doubt'; doubt: PositionDoubt; epoch: number };

/**
 * Reads where a partition stands from the database, which alone decides, and checks it against the broker's log: kafkajs
 * would silently start over at an offset that is out of range.
 *
 * @param topic name in the contracts, as in consumer_offsets
 * @param topicName name in this cluster
 */
export async function findPosition(
  database: Database,
  admin: Admin,
  topic: string,
  topicName: string,
  partition: number,
): Promise<PositionSearch> {
  const { low, high } = await watermarks(admin, topicName, partition);
  const stored = await readPosition(database, topic, partition, low);
  const doubt = checkPosition(stored.nextOffset, low, high);
  if (doubt !== null) return { kind: 'doubt', doubt, epoch: stored.epoch };
  const canVerify = stored.lastTimestamp !== null && stored.nextOffset > low;
  return {
    kind: 'found',
    found: {
      position: positionAt(stored.epoch, stored.nextOffset, canVerify ? stored.lastTimestamp : null),
      seekTo: canVerify ? stored.nextOffset - 1 : stored.nextOffset,
    },
  };
}

/** First offset the broker has of a partition, and the one after its last. @throws when there is no such partition */
export async function watermarks(
  admin: Admin,
  topicName: string,
  partition: number,
): Promise<{ low: number; high: number }> {
  const offsets = await admin.fetchTopicOffsets(topicName);
  const own = offsets.find((entry) => entry.partition === partition);
  if (own === undefined) throw new Error(`topic ${topicName} has no partition ${partition}`);
  return { low: Number(own.low), high: Number(own.high) };
}
