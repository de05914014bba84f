import type { Admin } from 'kafkajs';

export type PartitionState = {
  /** The node that leads it; undefined while none does. */
  readonly leader: number | undefined;
  /** The nodes that have all of it, in order of their ids. */
  readonly inSync: readonly number[];
};

/**
 * Who leads a partition, and who could.
 *
 * @throws {Error} when the topic has no such partition, or no broker answers
 */
export async function partitionState(
  admin: Admin,
  topic: string,
  partition: number,
): Promise<PartitionState> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const found = topics[0]?.partitions.find(({ partitionId }) => partitionId === partition);
  if (found === undefined) throw new Error(`${topic} has no partition ${partition}`);
  return {
    leader: found.leader < 0 ? undefined : found.leader,
    inSync: found.isr.toSorted((a, b) => a - b),
  };
}
