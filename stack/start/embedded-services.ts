import type { Config } from '../../platform/config/load.ts';
import { kafkaLibsDir } from '../install/paths.mjs';
import { type ClusterShape, clusterIdOf, startClusterNode } from '../kafka/cluster.ts';
import { type EmbeddedKafka, startEmbeddedKafka } from '../kafka/start.ts';
import { startEmbeddedTimescale } from '../timescale/start.ts';
import type { DataFolders } from './data-folders.ts';
import { kafkaNodes } from './kafka-nodes.ts';
import type { LogFile } from './log-file.ts';
import type { Service } from './supervise.ts';

const graceMs = 3_500;

/** The embedded TimescaleDB as a service. */
export function timescaleService(config: Config, folders: DataFolders, log: LogFile): Service {
  return {
    name: 'TimescaleDB',
    launch: async () => {
      const database = await startEmbeddedTimescale({
        dataDir: folders.timescale,
        port: config.ports.database,
        onLog: log.write,
      });
      const kill = () => killProcess(database.pid);
      return {
        pid: database.pid,
        exited: database.exited.then((code) => ({ code, signal: null })),
        stop: () => withGrace(database.stop(), kill),
        kill,
      };
    },
  };
}

/** The embedded Kafka as services: one for each of its brokers. */
export function kafkaServices(
  config: Config,
  folders: DataFolders,
  logFor: (name: string) => LogFile,
): Service[] {
  const nodes = kafkaNodes(config, config.kafka.brokers.length);
  const [node] = nodes;
  if (nodes.length === 1 && node !== undefined) {
    const log = logFor('kafka');
    const options = { ...node, dataDir: folders.kafka, libsDir: kafkaLibsDir(), onLog: log.write };
    return [brokerService('Kafka', () => startEmbeddedKafka(options))];
  }
  const logs = new Map(nodes.map(({ nodeId }) => [nodeId, logFor(`kafka-${nodeId}`)]));
  const shape: ClusterShape = {
    dataDir: folders.kafka,
    nodes,
    libsDir: kafkaLibsDir(),
    onLog: (nodeId, line) => logs.get(nodeId)?.write(line),
  };
  const clusterId = clusterIdOf(shape);
  return nodes.map(({ nodeId }) =>
    brokerService(`Kafka ${nodeId}`, () => startClusterNode(shape, nodeId, clusterId)),
  );
}

function brokerService(name: string, start: () => Promise<EmbeddedKafka>): Service {
  return {
    name,
    launch: async () => {
      const kafka = await start();
      return {
        pid: kafka.pid,
        exited: kafka.exited,
        stop: () => kafka.stop(graceMs),
        kill: () => void kafka.kill(),
      };
    },
  };
}

async function withGrace(stopping: Promise<unknown>, kill: () => void): Promise<void> {
  const timer = setTimeout(kill, graceMs);
  await stopping;
  clearTimeout(timer);
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended already
  }
}
