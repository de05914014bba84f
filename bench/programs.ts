import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../stack/start/ports.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

type Settings = Readonly<Record<string, string>>;

function start(
  program: string,
  args: readonly string[],
  settings: Settings,
  nodeFlags: readonly string[] = [],
): ChildProcess {
  return spawn(process.execPath, [...nodeFlags, '--import', 'tsx', program, ...args], {
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

/** Runs the simulator to its end. @throws when it fails */
export async function simulate(args: readonly string[], settings: Settings): Promise<void> {
  const code = await ended(start('simulator/main.ts', [...args, '--quiet'], settings));
  if (code !== 0) throw new Error(`the simulator ended with status ${code}`);
}

export interface RunningProcessor {
  /** The text of /metrics. */
  scrape(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the processor as a program of its own and waits until it answers. */
export async function startProcessorProgram(settings: Settings): Promise<RunningProcessor> {
  const [port] = (await freePorts(1)) as [number];
  const flags =
    process.env.BENCH_CPU_PROFILE === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir=.holdfast/bench'];
  const child = start('processor/main.ts', [], { ...settings, PROCESSOR_PORT: String(port) }, flags);
  const scrape = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
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
  return { scrape, stop };
}

/** Value of one sample of a scrape; 0 when it is not there. */
export function sample(text: string, name: string): number {
  let sum = 0;
  for (const line of text.split('\n')) {
    if (line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      sum += Number(line.slice(line.lastIndexOf(' ') + 1));
  }
  return sum;
}
