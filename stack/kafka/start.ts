import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findJava, requireJava } from '../install/java.mjs';
import { spawnGuarded } from '../start/guarded-process.ts';
import { StartProblem } from '../start/problem.ts';
import { brokerProperties, type Voter } from './broker-properties.ts';
import { collectComplaints, explainFailure } from './explain-failure.ts';
import { formatStorage, newClusterId, readClusterId } from './format-storage.ts';
import { javaArguments } from './java-command.ts';
import { metricsAgent } from './metrics-agent.ts';

export type EmbeddedKafkaOptions = {
  /** Everything the broker writes goes here; made when missing. Reopening a folder continues its cluster. */
  readonly dataDir: string;
  readonly port: number;
  readonly controllerPort: number;
  /** Folder of Kafka's jars. */
  readonly libsDir: string;
  /** Receives each line of the broker's log. */
  readonly onLog?: (line: string) => void;
  /** Broker properties on top of the built-in ones. */
  readonly overrides?: Readonly<Record<string, string>>;
  readonly nodeId?: number;
  /** The cluster's controllers, this one included. Default: this one alone. */
  readonly voters?: readonly Voter[];
  /** For a new folder; brokers of one cluster share it. Default: a random one. */
  readonly clusterId?: string;
  readonly heapMb?: number;
  /** Where Prometheus finds what the broker knows of itself, on the loopback interface. Nowhere unless told. */
  readonly metricsPort?: number;
  /** How long the broker may take to become ready, in milliseconds. */
  readonly startTimeoutMs?: number;
};

export type EmbeddedKafka = {
  /** What KAFKA_BROKERS takes. */
  readonly brokers: string;
  readonly pid: number;
  readonly clusterId: string;
  /** Controlled shutdown, forced after `graceMs` (default 8 s). Repeated calls share one result. */
  readonly stop: (graceMs?: number) => Promise<void>;
  /** SIGKILL: what a crash looks like. */
  readonly kill: () => Promise<void>;
  /** Resolves when the broker's process has ended, for whatever reason. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
};

/**
 * Starts an Apache Kafka broker (KRaft) as a child process and resolves when it serves clients. The broker cannot
 * outlive this process. With several voters, start all of them at once: none is ready without a majority.
 *
 * Throws a StartProblem for a missing Java, a taken port, a damaged or foreign data folder.
 */
export async function startEmbeddedKafka(options: EmbeddedKafkaOptions): Promise<EmbeddedKafka> {
  const { port, controllerPort, nodeId = 1, heapMb = 384, startTimeoutMs = 60_000 } = options;
  const dataDir = resolve(options.dataDir);
  const logDir = join(dataDir, 'log');
  const propertiesFile = join(dataDir, 'server.properties');
  const java = findJava() ?? requireJava();

  mkdirSync(dataDir, { recursive: true });
  const clusterId = readClusterId(logDir) ?? options.clusterId ?? newClusterId();
  const voters = options.voters ?? [{ nodeId, controllerPort }];
  const shape = { nodeId, port, controllerPort, voters, logDir, overrides: options.overrides ?? {} };
  writeFileSync(propertiesFile, brokerProperties(shape));
  await formatStorage({ java, libsDir: options.libsDir }, { logDir, propertiesFile, clusterId });

  let onReady = () => {};
  const ready = new Promise<'ready'>((done) => {
    onReady = () => done('ready');
  });
  const complaints = collectComplaints();
  const exporter =
    options.metricsPort === undefined
      ? []
      : [metricsAgent({ libsDir: options.libsDir, folder: dataDir, port: options.metricsPort })];
  const args = javaArguments(options.libsDir, 'kafka.Kafka', heapMb, [propertiesFile], exporter);
  const broker = spawnGuarded(java, args, {
    cwd: dataDir,
    onLine: (line) => {
      options.onLog?.(line);
      complaints.offer(line);
      if (line.includes('Kafka Server started')) onReady();
    },
  });

  let stopping: Promise<void> | undefined;
  const stop = (graceMs = 8_000) => (stopping ??= broker.terminate(graceMs).then(() => {}));
  const outcome = await firstOf(ready, broker.exited, startTimeoutMs);
  if (outcome !== 'ready') {
    await stop(0);
    throw new StartProblem(
      explainFailure(outcome, complaints.lines.length > 0 ? complaints.lines : broker.tail(), {
        dataDir,
        port,
        controllerPort,
        startTimeoutMs,
      }),
    );
  }
  return {
    brokers: `127.0.0.1:${port}`,
    pid: broker.pid,
    clusterId,
    stop,
    kill: async () => {
      broker.kill();
      await broker.exited;
    },
    exited: broker.exited,
  };
}

async function firstOf<T>(
  ready: Promise<'ready'>,
  exited: Promise<T>,
  timeoutMs: number,
): Promise<'ready' | 'timeout' | T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'timeout'>((done) => {
    timer = setTimeout(() => done('timeout'), timeoutMs);
  });
  try {
    return await Promise.race([ready, exited, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
