import type { Config } from '../../platform/config/load.ts';
import { kafkaLibsDir } from '../install/paths.mjs';
import { startEmbeddedKafka } from '../kafka/start.ts';
import { startEmbeddedTimescale } from '../timescale/start.ts';
import type { DataFolders } from './data-folders.ts';
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

/** The embedded Kafka as a service. */
export function kafkaService(config: Config, folders: DataFolders, log: LogFile): Service {
  return {
    name: 'Kafka',
    launch: async () => {
      const kafka = await startEmbeddedKafka({
        dataDir: folders.kafka,
        port: config.ports.kafka,
        controllerPort: config.ports.kafkaController,
        libsDir: kafkaLibsDir(),
        metricsPort: config.ports.kafkaMetrics,
        onLog: log.write,
      });
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
