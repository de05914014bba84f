import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { projectRoot } from '../../stack/install/paths.mjs';
import { freePorts } from '../../stack/start/ports.ts';
import { eventually } from './eventually.ts';

const LOG_LINES_KEPT = 200;
const READY_MS = 120_000;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Readiness {
  readonly status: number;
  readonly problems: Readonly<Record<string, string>>;
}

/** A program of ours: its folder has the main.ts. */
export interface Program {
  readonly name: 'processor' | 'alertbot';
  /** The variable that says where it listens. */
  readonly port: 'PROCESSOR_PORT' | 'ALERTBOT_PORT';
}

/** A program of ours that runs as a process of its own. */
export interface ProgramProcess {
  readonly pid: number;
  readonly url: string;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<Exit>;
  /** The last lines it logged, for the message of a failure. */
  log(): string;
  /** What /readyz says; rejects while nobody listens. */
  readiness(): Promise<Readiness>;
  /** Waits until /readyz says 200; fails at once, with the log, when the process ends before. */
  ready(): Promise<void>;
  /** SIGKILL. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; how it ended, and after how many milliseconds. */
  terminate(): Promise<Exit & { readonly afterMs: number }>;
  /** Resident memory in bytes; undefined where there is no /proc. */
  residentBytes(): number | undefined;
}

/**
 * Starts a program with this environment on a free port; what is set in the environment of the tests does not reach it.
 * It is killed when `cleanUp` runs, if it still runs then, and ends by itself when the tests die.
 */
export async function startProgram(
  program: Program,
  env: Readonly<Record<string, string>>,
  cleanUp: (undo: () => Promise<void>) => void,
): Promise<ProgramProcess> {
  const [port] = await freePorts(1);
  const child = spawn(process.execPath, ['--import', 'tsx', `${program.name}/main.ts`], {
    cwd: projectRoot,
    env: { ...inheritedEnvironment(), ...env, [program.port]: String(port) },
    // The fourth is a channel of messages that nobody sends: when it closes, the program stops.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const running = watch(program, child, `http://127.0.0.1:${port}`);
  cleanUp(running.kill);
  return running;
}

function inheritedEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^(HOLDFAST_|KAFKA_|SLACK_|OTEL_|ALERTMANAGER_|DATABASE_URL$|(PROCESSOR|ALERTBOT)_PORT$|NODE_ENV$|VITEST|TEST_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function watch({ name }: Program, child: ChildProcess, url: string): ProgramProcess {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      lines.push(text.trimEnd());
      if (lines.length > LOG_LINES_KEPT) lines.shift();
    });
  }
  let ended: Exit | undefined;
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      ended = { code, signal };
      resolve(ended);
    });
  });
  const log = () => lines.join('\n');
  const readiness = async (): Promise<Readiness> => {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) });
    const { problems } = (await response.json()) as { problems: Record<string, string> };
    return { status: response.status, problems };
  };
  const end = async (signal: NodeJS.Signals): Promise<Exit> => {
    if (ended === undefined) child.kill(signal);
    return exited;
  };
  return {
    pid: Number(child.pid),
    url,
    exited,
    log,
    readiness,
    ready: async () => {
      const isReady = await eventually(
        `the ${name} to be ready`,
        async () => (ended === undefined ? (await readiness()).status === 200 && 'ready' : 'ended'),
        { timeoutMs: READY_MS, everyMs: 50, explain: log },
      );
      if (isReady === 'ended') throw new Error(`the ${name} ended before it was ready:\n${log()}`);
    },
    kill: async () => {
      await end('SIGKILL');
    },
    terminate: async () => {
      const from = performance.now();
      const exit = await end('SIGTERM');
      return { ...exit, afterMs: Math.round(performance.now() - from) };
    },
    residentBytes: () => residentBytes(Number(child.pid)),
  };
}

function residentBytes(pid: number): number | undefined {
  try {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line === null ? undefined : Number(line[1]) * 1024;
  } catch {
    return undefined;
  }
}
