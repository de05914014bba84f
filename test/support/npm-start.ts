import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { findExecutable } from '../../stack/install/java.mjs';
import { projectRoot } from '../../stack/install/paths.mjs';
import { freePorts } from '../../stack/start/ports.ts';
import { canListEnvironments, processesWith } from './processes.ts';

/** Whether util-linux' `script` is there to run a program on a terminal of its own. */
export const hasTerminal = String(spawnSync('script', ['--version']).stdout ?? '').includes('util-linux');

export type Exit = { readonly code: number | null; readonly afterMs: number };

export type RunningStart = {
  /** What it printed so far, on either stream or the terminal. */
  readonly output: () => string;
  /** Resolves when the output matches; rejects, with the output, when it has not after `timeoutMs`. */
  readonly printed: (pattern: RegExp, timeoutMs?: number) => Promise<RegExpExecArray>;
  /** Sends a signal to npm alone. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Presses keys on its terminal. */
  readonly press: (keys: string) => void;
  /** Its end, with the time from now. */
  readonly end: () => Promise<Exit>;
};

export type Installation = {
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly databaseUrl: string;
  readonly processorPort: number;
  readonly start: (args?: readonly string[], options?: StartOptions) => RunningStart;
  /** Whatever still runs of it. */
  readonly processes: () => string[];
  /** For after a test that failed half way. */
  readonly killAll: () => void;
};

type StartOptions = {
  readonly terminal?: boolean;
  readonly env?: NodeJS.ProcessEnv;
};

/**
 * A data folder and ports of the test's own to start Holdfast on. When `cleanUp` runs (by default when the test ends)
 * whatever still runs is killed and the folder deleted.
 */
export async function installation(
  cleanUp: (undo: () => Promise<void>) => void = onTestFinished,
): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-npm-start-'));
  const [
    database,
    kafka,
    controller,
    metrics,
    processor,
    alertbot,
    slack,
    prometheus,
    alertmanager,
    grafana,
  ] = await freePorts(10);
  const env: NodeJS.ProcessEnv = {
    ...withoutOurs(process.env),
    HOLDFAST_DATA_DIR: dataDir,
    HOLDFAST_DATABASE_PORT: String(database),
    HOLDFAST_KAFKA_PORT: String(kafka),
    HOLDFAST_KAFKA_CONTROLLER_PORT: String(controller),
    HOLDFAST_KAFKA_METRICS_PORT: String(metrics),
    PROCESSOR_PORT: String(processor),
    ALERTBOT_PORT: String(alertbot),
    SLACK_STANDIN_PORT: String(slack),
    PROMETHEUS_PORT: String(prometheus),
    ALERTMANAGER_PORT: String(alertmanager),
    GRAFANA_PORT: String(grafana),
  };
  const processes = () => (canListEnvironments ? processesWith('HOLDFAST_DATA_DIR', dataDir) : []);
  const started: ChildProcess[] = [];
  const killAll = () => {
    for (const child of started) child.kill('SIGKILL');
    for (const line of processes()) process.kill(Number.parseInt(line, 10), 'SIGKILL');
  };
  cleanUp(async () => {
    killAll();
    while (processes().length > 0) await sleep(20); // one being killed can still make a file
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    dataDir,
    env,
    databaseUrl: `postgres://postgres@127.0.0.1:${database}/postgres`,
    processorPort: Number(processor),
    processes,
    killAll,
    start: (args = [], options = {}) => {
      const child = launch(args, { ...env, ...options.env }, options.terminal ?? false);
      started.push(child);
      return watch(child);
    },
  };
}

/** Without the settings of whoever runs the tests. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign =
    /^(HOLDFAST_|KAFKA_|SLACK_|ALERTMANAGER_|GRAFANA_|DATABASE_URL$|npm_|NODE_ENV$|VITEST|TEST_)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}

function launch(args: readonly string[], env: NodeJS.ProcessEnv, terminal: boolean): ChildProcess {
  const command = ['npm', 'start', '--', ...args];
  const options = { cwd: projectRoot, env };
  if (!terminal) return spawn('npm', command.slice(1), { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const typed = `stty rows 24 cols 80; exec ${command.join(' ')}`;
  return spawn('script', ['-qefc', typed, '/dev/null'], { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
}

function watch(child: ChildProcess): RunningStart {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  let ended = false;
  const closed = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      ended = true;
      resolve(code);
    });
  });
  return {
    output: () => output,
    printed: async (pattern, timeoutMs = 90_000) => {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const match = pattern.exec(output);
        if (match !== null) return match;
        if (ended || performance.now() > deadline) {
          throw new Error(
            `${ended ? 'ended' : `ran ${timeoutMs} ms`} without printing ${pattern}:\n${output}`,
          );
        }
        await sleep(50);
      }
    },
    signal: (signal) => void child.kill(signal),
    press: (keys) => void child.stdin?.write(keys),
    end: async () => {
      const from = performance.now();
      const code = await closed;
      return { code, afterMs: Math.round(performance.now() - from) };
    },
  };
}

/** Makes a folder that, as a PATH, offers these programs and nothing else. */
export async function pathWithOnly(folder: string, programs: readonly string[]): Promise<string> {
  await mkdir(folder);
  for (const name of programs) {
    const path = findExecutable(name);
    if (path !== undefined) await symlink(path, join(folder, name));
  }
  return folder;
}
