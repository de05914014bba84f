import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ensureKafkaJars } from '../../stack/install/kafka-jars.mjs';
import { activeController } from '../../stack/kafka/active-controller.ts';
import { type KafkaCluster, kafkaCluster } from '../../stack/kafka/cluster.ts';
import { type PartitionState, partitionState } from '../../stack/kafka/partition-state.ts';
import { freePorts } from '../../stack/start/ports.ts';
import { eventually } from './eventually.ts';
import { withAdmin } from './kafka-client.ts';

export type PrivateCluster = KafkaCluster & {
  /** Waits until all nodes agree on an active controller that runs, and names it. */
  readonly controller: () => Promise<number>;
  /** Who leads a partition now, and which nodes are in sync. */
  readonly partition: (topic: string, partition: number) => Promise<PartitionState>;
  /** Waits until a node that runs leads a partition, and names it. */
  readonly leaderOf: (topic: string, partition: number) => Promise<number>;
};

/**
 * A running cluster of three brokers of the caller's own, each to be stopped, killed and started again. Removed when
 * the test ends; in a `beforeAll` take the undo through `cleanUp` and return it from the hook.
 */
export async function privateCluster({
  cleanUp = onTestFinished,
  overrides = {},
}: {
  cleanUp?: (undo: () => Promise<void>) => void;
  overrides?: Readonly<Record<string, string>>;
} = {}): Promise<PrivateCluster> {
  const libsDir = await ensureKafkaJars();
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-cluster-'));
  const ports = await freePorts(6);
  const nodes = [1, 2, 3].map((nodeId) => ({
    nodeId,
    port: ports[nodeId - 1] as number,
    controllerPort: ports[nodeId + 2] as number,
  }));
  const cluster = kafkaCluster({ dataDir, nodes, libsDir, overrides: () => overrides });
  cleanUp(async () => {
    await cluster.killAll();
    await rm(dataDir, { recursive: true, force: true });
  });
  await Promise.all(cluster.nodeIds.map(cluster.start));

  const running = () => cluster.nodeIds.filter((nodeId) => cluster.pid(nodeId) !== undefined);
  const partition = (topic: string, index: number) =>
    withAdmin(running().map(cluster.brokerOf).join(','), (admin) => partitionState(admin, topic, index));
  return {
    ...cluster,
    partition,
    leaderOf: (topic, index) =>
      eventually(`a leader of ${topic}-${index}`, async () => {
        const { leader } = await partition(topic, index);
        return leader !== undefined && running().includes(leader) && leader;
      }),
    controller: () =>
      eventually('an active controller', async () => {
        const named = await Promise.all(
          running().map((nodeId) => activeController(cluster.brokerOf(nodeId))),
        );
        const [first] = named;
        return (
          first !== undefined && running().includes(first) && named.every((one) => one === first) && first
        );
      }),
  };
}
