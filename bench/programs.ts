import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { HEAP_FLAGS } from '../stack/start/node-service.ts';
import { freePorts } from '../stack/start/ports.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

type Settings = Readonly<Record<string, string>>;

function start(
  program: string,
  args: readonly string[],
  settings: Settings,
  nodeFlags: readonly string[] = [],
): ChildProcess {
  return spawn(process.execPath, [...HEAP_FLAGS, ...nodeFlags, '--import', 'tsx', program, ...args], {
    cwd: ROOT,
    env: { ...process.env, HOLDFAST_LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return child.exitCode === null && child.signalCode === null
    ? new Promise((resolve) => child.once('exit', resolve))
    : Promise.resolve(child.exitCode);
}

/** Runs the simulator to its end, or until the signal. @throws when it fails, or was stopped */
export async function simulate(
  args: readonly string[],
  settings: Settings,
  signal?: AbortSignal,
): Promise<void> {
  await toItsEnd('simulator/main.ts', [...args, '--quiet'], settings, signal);
}

/** The same for the simulator of a delivery platform, without its HTTP interface. */
export async function simulatePlatform(args: readonly string[], settings: Settings): Promise<void> {
  await toItsEnd('simulator/platform/main.ts', [...args, '--quiet', '--no-http'], settings);
}

async function toItsEnd(
  program: string,
  args: readonly string[],
  settings: Settings,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const child = start(program, args, settings);
  signal?.addEventListener('abort', () => void child.kill('SIGTERM'));
  const code = await ended(child);
  if (signal?.aborted) throw new Error(`${program} was stopped before its end`);
  if (code !== 0) throw new Error(`${program} ended with status ${code}`);
}

export interface RunningProgram {
  /** `http://127.0.0.1:PORT` */
  url: string;
  pid: number;
  /** The text of /metrics. */
  scrape(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the processor as a program of its own and waits until it answers. */
export function startProcessorProgram(settings: Settings): Promise<RunningProgram> {
  const flags =
    process.env.BENCH_CPU_PROFILE === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir=.holdfast/bench'];
  return startServing('processor/main.ts', 'PROCESSOR_PORT', settings, flags);
}

/** The same for the alertbot. */
export function startAlertbotProgram(settings: Settings): Promise<RunningProgram> {
  return startServing('alertbot/main.ts', 'ALERTBOT_PORT', settings);
}

async function startServing(
  program: string,
  portVariable: string,
  settings: Settings,
  flags: readonly string[] = [],
): Promise<RunningProgram> {
  const [port] = (await freePorts(1)) as [number];
  const child = start(program, [], { ...settings, [portVariable]: String(port) }, flags);
  const url = `http://127.0.0.1:${port}`;
  const scrape = async () => (await fetch(`${url}/metrics`)).text();
  for (let attempt = 0; ; attempt += 1) {
    try {
      await scrape();
      break;
    } catch (error) {
      if (attempt > 300 || child.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended(child);
  };
  return { url, pid: child.pid ?? Number.NaN, scrape, stop };
}

/** Sum of the samples of a name, of those with this label where one is given; 0 when it is not there. */
export function sample(text: string, name: string, label = ''): number {
  let sum = 0;
  for (const line of text.split('\n')) {
    if ((line.startsWith(`${name}{`) || line.startsWith(`${name} `)) && line.includes(label))
      sum += Number(line.slice(line.lastIndexOf(' ') + 1));
  }
  return sum;
}
