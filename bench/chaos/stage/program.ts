import { openLogFile } from '../../../stack/start/log-file.ts';
import { nodeService } from '../../../stack/start/node-service.ts';
import { freePorts } from '../../../stack/start/ports.ts';
import { type Running, type Service, type Supervised, supervise } from '../../../stack/start/supervise.ts';

/** A program of ours under a supervisor, which starts it again whenever it ends by itself. */
export interface ProgramStage {
  readonly name: string;
  /** `http://127.0.0.1:PORT`, the same after a restart. */
  readonly url: string;
  readonly pid: () => number | undefined;
  /** SIGKILL; the supervisor starts it again. False: it was not running at the moment. */
  kill(): boolean;
  /** SIGTERM, and no restart. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  /** Its folder has the main.ts; the name of its log file is `label`. */
  name: 'processor' | 'alertbot';
  label: string;
  settings: Readonly<Record<string, string>>;
  logs: string;
  /** Told, in words for people, when it ends and when it is back. */
  onEvent(text: string): void;
}

const GRACE_MS = 10_000;
/** A supervisor of a real installation waits as long. */
const RESTART_AFTER_MS = 1_000;
const RESTART_AFTER_AT_MOST_MS = 2_000;
const PORTS = { processor: 'PROCESSOR_PORT', alertbot: 'ALERTBOT_PORT' } as const;

/** Starts it and resolves when it serves; whether it is ready is another question. */
export async function startProgram(options: ProgramOptions): Promise<ProgramStage> {
  const { name, label, settings, logs, onEvent } = options;
  const [port] = (await freePorts(1)) as [number];
  const url = `http://127.0.0.1:${port}`;
  const log = openLogFile(logs, label);
  const service = nodeService(
    { name: label, script: `${name}/main.ts`, readyUrl: `${url}/healthz`, graceMs: GRACE_MS },
    { ...cleanEnvironment(), ...settings, [PORTS[name]]: String(port) },
    log,
  );
  let running: Running | undefined;
  const watched: Service = {
    ...service,
    launch: async (signal) => {
      const launched = await service.launch(signal);
      running = launched;
      void launched.exited.then(() => {
        if (running === launched) running = undefined;
      });
      return launched;
    },
  };
  const supervised: Supervised = supervise(watched, {
    onEvent,
    firstMs: RESTART_AFTER_MS,
    longestMs: RESTART_AFTER_AT_MOST_MS,
  });
  await supervised.ready;
  return {
    name: label,
    url,
    pid: () => running?.pid,
    kill: () => {
      if (running === undefined) return false;
      running.kill();
      return true;
    },
    stop: async () => {
      await supervised.stop();
      await log.close();
    },
  };
}

/** What is set for a Holdfast on this machine must not reach one of the stage. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^(HOLDFAST_|KAFKA_|SLACK_|OTEL_|ALERTMANAGER_|DATABASE_|(PROCESSOR|ALERTBOT)_PORT$|NODE_ENV$|VITEST|TEST_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
