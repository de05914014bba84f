import type { Admin } from 'kafkajs';
import { checkPosition } from '../../../domain/records/position-check.ts';
import type { Topic } from '../../../platform/config/variables.ts';
import type { Database } from '../../../platform/database/database.ts';
import { listPositions } from '../../sql/list-positions.ts';
import { listStoppedPartitions } from '../../sql/list-stopped-partitions.ts';
import type { Stretch } from './replay-command.ts';

/** What cannot be read again; the message says why, and what to do. */
export class ReplayRefused extends Error {
  override readonly name = 'ReplayRefused';
}

/** Offsets [from, to) of a partition that are read again; from = to: none. */
export interface ReplayRange {
  partition: number;
  epoch: number;
  from: number;
  to: number;
  /** Records of the stretch that are not read, because the processor has not come to them yet. */
  ahead: number;
  /** First offset that Kafka has, where the stretch begins no later: what was before it is gone. Null: all is there. */
  beginsAt: number | null;
}

export interface PlanContext {
  database: Database;
  admin: Admin;
  topic: Topic;
  /** Name of the topic in this cluster. */
  topicName: string;
}

/**
 * Finds the offsets of a stretch of time, partition by partition, up to where the processor is: what comes after that it
 * reads itself.
 *
 * @throws {ReplayRefused} when there is nothing to read, or nobody can say which record has which offset
 */
export async function planReplay(
  context: PlanContext,
  stretch: Stretch,
  only: number | null,
): Promise<ReplayRange[]> {
  const { admin, database, topic, topicName } = context;
  if (!(await admin.listTopics()).includes(topicName))
    throw new ReplayRefused(
      `Kafka has no topic ${topicName}: is KAFKA_TOPIC_PREFIX, or the name of topic ${topic}, that of the processor?`,
    );
  const [logs, begins, ends, positions, stopped] = await Promise.all([
    admin.fetchTopicOffsets(topicName),
    admin.fetchTopicOffsetsByTimestamp(topicName, Math.ceil(stretch.from / 1000)),
    admin.fetchTopicOffsetsByTimestamp(topicName, Math.ceil(stretch.to / 1000)),
    listPositions(database),
    listStoppedPartitions(database, topic),
  ]);
  const wanted = logs.filter(({ partition }) => only === null || partition === only);
  if (wanted.length === 0)
    throw new ReplayRefused(`Topic ${topicName} has ${logs.length} partitions, and no partition ${only}.`);
  const ranges = wanted.map(({ partition, low, high }) => {
    const inDoubt = stopped.find((one) => one.partition === partition);
    if (inDoubt !== undefined)
      throw new ReplayRefused(
        `Partition ${partition} of ${topic} is stopped (${inDoubt.subject}): put its position right first, with npm run offsets.`,
      );
    const position = positions.find((one) => one.topic === topic && one.partition === partition);
    const log = { partition, low: Number(low), high: Number(high) };
    return rangeOf(log, offsetOf(begins, partition), offsetOf(ends, partition), position ?? null);
  });
  if (ranges.every((range) => range.from === range.to))
    throw new ReplayRefused(nothingToRead(topicName, ranges, wanted));
  return ranges.sort((a, b) => a.partition - b.partition);
}

/**
 * What of [begin, end) is read. Pure.
 *
 * @param position where the processor is; null: it has not been in the partition
 * @throws {ReplayRefused} when position and log contradict each other
 */
export function rangeOf(
  log: { partition: number; low: number; high: number },
  begin: number,
  end: number,
  position: { epoch: number; next_offset: number } | null,
): ReplayRange {
  const { partition, low, high } = log;
  if (position !== null && checkPosition(position.next_offset, low, high)?.problem === 'BEYOND_END')
    throw new ReplayRefused(
      `Partition ${partition} ends at offset ${high}, and its position is ${position.next_offset}: it is not the topic that was read. See npm run offsets -- list.`,
    );
  const reached = Math.min(position?.next_offset ?? low, high);
  const from = Math.max(begin, low);
  const to = Math.max(from, end);
  const readTo = Math.max(from, Math.min(to, reached));
  return {
    partition,
    epoch: position?.epoch ?? 0,
    from,
    to: readTo,
    ahead: to - readTo,
    beginsAt: low > 0 && from === low ? low : null,
  };
}

function offsetOf(offsets: readonly { partition: number; offset: string }[], partition: number): number {
  return Number(offsets.find((one) => one.partition === partition)?.offset ?? 0);
}

function nothingToRead(
  topicName: string,
  ranges: readonly ReplayRange[],
  logs: readonly { partition: number; low: string; high: string }[],
): string {
  const ahead = ranges.reduce((sum, range) => sum + range.ahead, 0);
  if (ahead > 0)
    return `Nothing to read again: the processor has not come to the ${ahead} records of this time yet, and will read them itself.`;
  const held = logs.map(({ partition, low, high }) => `partition ${partition}: offsets ${low} to ${high}`);
  return `Kafka has no record of this time in ${topicName}: it has not come yet, or retention has deleted it (${held.join(', ')}).`;
}
