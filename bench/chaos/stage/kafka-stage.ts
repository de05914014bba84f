import { join } from 'node:path';
import { ensureKafkaJars } from '../../../stack/install/kafka-jars.mjs';
import { activeController } from '../../../stack/kafka/active-controller.ts';
import { type KafkaCluster, kafkaCluster } from '../../../stack/kafka/cluster.ts';
import { partitionState } from '../../../stack/kafka/partition-state.ts';
import { freePorts } from '../../../stack/start/ports.ts';
import { harnessKafka } from '../verdict/kafka-log.ts';

/** Brokers of an experiment's own, each a process that can be killed and started again. */
export interface KafkaStage extends KafkaCluster {
  /** Node that leads partition 0 of a topic. */
  leaderOf(topic: string): Promise<number>;
  /** Node that leads the quorum of controllers. */
  controller(): Promise<number>;
}

export interface KafkaStageOptions {
  folder: string;
  nodes: 1 | 3;
  /** Makes a wire in front of the only broker, to which clients are sent, and says its port. Null: none. */
  through: ((port: number) => Promise<number>) | null;
  log(line: string): void;
}

const START_MS = 120_000;

/** Starts one broker, or a cluster of three in which every topic has three replicas and two have to confirm. */
export async function startKafkaStage(options: KafkaStageOptions): Promise<KafkaStage> {
  const { folder, nodes: count, through, log } = options;
  const ports = await freePorts(count * 2);
  const nodes = Array.from({ length: count }, (_, i) => ({
    nodeId: i + 1,
    port: Number(ports[i]),
    controllerPort: Number(ports[i + count]),
  }));
  const front = through === null ? null : await through(Number(ports[0]));
  const cluster = kafkaCluster({
    nodes,
    dataDir: join(folder, 'kafka'),
    libsDir: await ensureKafkaJars(),
    onLog: (node, line) => log(`[${node}] ${line}`),
    overrides: (): Record<string, string> =>
      front === null ? {} : { 'advertised.listeners': `PLAINTEXT://127.0.0.1:${front}` },
    startTimeoutMs: START_MS,
  });
  try {
    await Promise.all(cluster.nodeIds.map(cluster.start));
  } catch (error) {
    await cluster.killAll();
    throw error;
  }
  const brokers = front === null ? cluster.brokers : `127.0.0.1:${front}`;
  return {
    ...cluster,
    brokers,
    leaderOf: async (topic) => {
      const admin = harnessKafka(brokers).admin();
      await admin.connect();
      try {
        const { leader } = await partitionState(admin, topic, 0);
        return leader ?? 1;
      } finally {
        await admin.disconnect();
      }
    },
    controller: async () => (await activeController(cluster.brokerOf(1))) ?? 1,
  };
}
