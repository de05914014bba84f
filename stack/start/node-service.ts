import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../install/paths.mjs';
import { type GuardedProcess, spawnGuarded } from './guarded-process.ts';
import type { LogFile } from './log-file.ts';
import { StartProblem } from './problem.ts';
import type { Service } from './supervise.ts';

/**
 * V8 lets garbage grow to a multiple of what lives, and the multiple with the limit: with the limit it gives itself on a
 * machine of 24 GB the processor took 640 MiB after twenty minutes of 500 records a second. Measured on a backlog: 394
 * in place of 560 MiB, 4 % slower. In a container V8 goes by the memory of the container.
 */
export const HEAP_FLAGS = ['--max-old-space-size=1500', '--max-semi-space-size=32'] as const;

const pollMs = 100;
const readyTimeoutMs = 60_000;

type Program = {
  readonly name: string;
  readonly args?: readonly string[];
  /** Answers 200 when the program serves; without one it serves as soon as it runs. */
  readonly readyUrl?: string;
  readonly mayFinish?: boolean;
  /** Beside the environment of all. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long it may take from SIGTERM to its end before it is killed. */
  readonly graceMs: number;
};

/** `script` is relative to the repository's folder. */
export type NodeProgram = Program & { readonly script: string };

export type BinaryProgram = Program & { readonly command: string };

/** One of our own programs as a service: its output goes to its log file. */
export function nodeService(program: NodeProgram, env: NodeJS.ProcessEnv, log: LogFile): Service {
  const args = [...HEAP_FLAGS, '--import', 'tsx', program.script, ...(program.args ?? [])];
  return binaryService({ ...program, command: process.execPath, args }, env, log);
}

/** Any program as a service: its output goes to its log file. */
export function binaryService(program: BinaryProgram, env: NodeJS.ProcessEnv, log: LogFile): Service {
  const { name, command, args = [], readyUrl, graceMs } = program;
  return {
    name,
    ...(program.mayFinish === undefined ? {} : { mayFinish: program.mayFinish }),
    launch: async (signal) => {
      const child = spawnGuarded(command, args, {
        cwd: projectRoot,
        env: { ...env, ...program.env },
        onLine: log.write,
      });
      try {
        if (readyUrl !== undefined) await untilReady(child, program, readyUrl, signal, log.path);
      } catch (error) {
        await child.terminate(0);
        throw error;
      }
      return {
        pid: child.pid,
        exited: child.exited,
        stop: () => child.terminate(graceMs),
        kill: child.kill,
      };
    },
  };
}

async function untilReady(
  child: GuardedProcess,
  { name }: Program,
  url: string,
  signal: AbortSignal,
  logPath: string,
): Promise<void> {
  let exited = false;
  const ended = child.exited.then((exit) => {
    exited = true;
    return exit;
  });
  const deadline = performance.now() + readyTimeoutMs;
  while (!(await answersOk(url, signal))) {
    signal.throwIfAborted();
    if (exited) {
      const { code, signal: killer } = await ended;
      const how = killer ?? `exit code ${code}`;
      throw new StartProblem(
        `${child.tail().slice(-12).join('\n')}\n\nThe ${name} ended before it was ready (${how}); its last lines are above, all of them in ${logPath}.`,
        code === 78 ? 78 : 1,
      );
    }
    if (performance.now() > deadline) {
      throw new StartProblem(
        `The ${name} was not ready after ${readyTimeoutMs / 1000} s (${url}). See ${logPath}.`,
        1,
      );
    }
    await sleep(pollMs, undefined, { signal });
  }
}

async function answersOk(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)]) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
