import type { PartitionMetadata } from 'kafkajs';
import { Partitioners } from 'kafkajs';

/** Which partition a key belongs in, as the Java client decides it: murmur2 of the key, modulo their number. */
export function partitioner(partitions: number): (key: string) => number {
  const choose = Partitioners.DefaultPartitioner();
  const metadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
    leader: 0,
  })) as PartitionMetadata[];
  return (key) => choose({ topic: '', partitionMetadata: metadata, message: { key, value: null } });
}
