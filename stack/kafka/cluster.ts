import { join } from 'node:path';
import { newClusterId, readClusterId } from './format-storage.ts';
import { type EmbeddedKafka, startEmbeddedKafka } from './start.ts';

/** One of a cluster's processes, which is broker and controller at once. */
export type ClusterNode = {
  readonly nodeId: number;
  readonly port: number;
  readonly controllerPort: number;
  /** Where Prometheus finds what it knows of itself; nowhere unless told. */
  readonly metricsPort?: number;
};

export type ClusterShape = {
  /** Each node has a folder of its own in it. Reopening a folder continues its cluster. */
  readonly dataDir: string;
  readonly nodes: readonly ClusterNode[];
  /** Folder of Kafka's jars. */
  readonly libsDir: string;
  /** Heap of each node in MiB. */
  readonly heapMb?: number;
  /** Receives each line of each node's log. */
  readonly onLog?: (nodeId: number, line: string) => void;
  /** Broker properties of a node on top of the built-in ones. */
  readonly overrides?: (nodeId: number) => Readonly<Record<string, string>>;
  /** How long a node may take to become ready, in milliseconds. */
  readonly startTimeoutMs?: number;
};

export type KafkaCluster = {
  /** What KAFKA_BROKERS takes: all nodes, whether they run or not. */
  readonly brokers: string;
  readonly nodeIds: readonly number[];
  /** `host:port` of one node. */
  readonly brokerOf: (nodeId: number) => string;
  /** Starts a node that does not run, on the same folder and ports; resolves when it serves. */
  readonly start: (nodeId: number) => Promise<void>;
  /** Controlled shutdown: the node's leaders move before it ends. */
  readonly stop: (nodeId: number, graceMs?: number) => Promise<void>;
  /** SIGKILL: what a crash looks like. */
  readonly kill: (nodeId: number) => Promise<void>;
  /** Process id of a node while it runs. */
  readonly pid: (nodeId: number) => number | undefined;
  /** SIGKILL to all that run. */
  readonly killAll: () => Promise<void>;
};

/** Three JVMs beside everything else: less than a broker that is alone has. */
const HEAP_MB = 256;

/** Three times as long as one that is alone: they start at once, and none is ready before two are. */
const START_TIMEOUT_MS = 180_000;

/**
 * A cluster of brokers that are controllers, too, none of which runs yet: start them at once, for none is ready without
 * a majority. Nodes cannot outlive this process.
 */
export function kafkaCluster(shape: ClusterShape): KafkaCluster {
  const clusterId = clusterIdOf(shape);
  const running = new Map<number, EmbeddedKafka>();
  const end = async (nodeId: number, how: (node: EmbeddedKafka) => Promise<void>) => {
    const node = running.get(nodeId);
    if (node === undefined) return;
    await how(node);
    running.delete(nodeId);
  };
  return {
    brokers: shape.nodes.map(({ port }) => address(port)).join(','),
    nodeIds: shape.nodes.map(({ nodeId }) => nodeId),
    brokerOf: (nodeId) => address(nodeOf(shape, nodeId).port),
    start: async (nodeId) => {
      if (running.has(nodeId)) throw new Error(`node ${nodeId} runs already`);
      const node = await startClusterNode(shape, nodeId, clusterId);
      running.set(nodeId, node);
      // Also when it ends by itself: only what runs is here.
      void node.exited.then(() => running.get(nodeId) === node && running.delete(nodeId));
    },
    stop: (nodeId, graceMs) => end(nodeId, (node) => node.stop(graceMs)),
    kill: (nodeId) => end(nodeId, (node) => node.kill()),
    pid: (nodeId) => running.get(nodeId)?.pid,
    killAll: async () => {
      await Promise.all([...running.values()].map((node) => node.kill()));
      running.clear();
    },
  };
}

/** The id in the folder of any of its nodes, or a new one. */
export function clusterIdOf({ dataDir, nodes }: Pick<ClusterShape, 'dataDir' | 'nodes'>): string {
  for (const { nodeId } of nodes) {
    const id = readClusterId(join(nodeFolder(dataDir, nodeId), 'log'));
    if (id !== undefined) return id;
  }
  return newClusterId();
}

/**
 * Starts one node and resolves when it serves.
 *
 * @throws {StartProblem} as startEmbeddedKafka does; also when no majority was there in time
 */
export function startClusterNode(
  shape: ClusterShape,
  nodeId: number,
  clusterId: string,
): Promise<EmbeddedKafka> {
  const { dataDir, nodes, libsDir, heapMb = HEAP_MB, onLog, overrides } = shape;
  return startEmbeddedKafka({
    ...nodeOf(shape, nodeId),
    dataDir: nodeFolder(dataDir, nodeId),
    libsDir,
    heapMb,
    clusterId,
    voters: nodes,
    startTimeoutMs: shape.startTimeoutMs ?? START_TIMEOUT_MS,
    ...(onLog && { onLog: (line) => onLog(nodeId, line) }),
    ...(overrides && { overrides: overrides(nodeId) }),
  });
}

function nodeOf({ nodes }: ClusterShape, nodeId: number): ClusterNode {
  const node = nodes.find((one) => one.nodeId === nodeId);
  if (node === undefined)
    throw new Error(
      `there is no node ${nodeId}: the cluster has ${nodes.map((one) => one.nodeId).join(', ')}`,
    );
  return node;
}

function nodeFolder(dataDir: string, nodeId: number): string {
  return join(dataDir, `node-${nodeId}`);
}

function address(port: number): string {
  return `127.0.0.1:${port}`;
}
