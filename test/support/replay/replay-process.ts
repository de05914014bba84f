import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { projectRoot } from '../../../stack/install/paths.mjs';

export interface ReplayProcess {
  /** Resolves with the exit code when it has ended; null: it was killed. */
  readonly exited: Promise<number | null>;
  /** What it said, for the message of a failure. */
  log(): string;
  /** SIGKILL. Resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts `replay/main.ts` as a process of its own with nothing but this environment; killed at the end of the test. */
export function startReplay(
  options: readonly string[],
  env: Readonly<Record<string, string>>,
): ReplayProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'replay/main.ts', ...options], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  return { exited, log: () => said, kill };
}
