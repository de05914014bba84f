import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/**
 * `exec` keeps the program's own pid and exit code; the small shell beside it blocks on file descriptor 3, a pipe whose
 * other end only this process holds. When this process dies, however it dies, the pipe closes and the shell kills the
 * program's process group. The group's id cannot be reused while the shell itself is a member of it.
 */
const guardScript = '(read -r _ <&3; kill -KILL "-$$") >/dev/null 2>&1 & exec "$@" 3<&-';

const tailLength = 40;

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type GuardedOptions = {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each line of standard output and standard error. */
  readonly onLine?: (line: string) => void;
};

export type GuardedProcess = {
  readonly pid: number;
  /** Resolves when the program has ended and all of its output has been read; never rejects. */
  readonly exited: Promise<Exit>;
  /** The last lines of output, oldest first: what an error message should show. */
  readonly tail: () => readonly string[];
  /** SIGTERM, then SIGKILL to its whole process group when it is still there after `graceMs`. */
  readonly terminate: (graceMs: number) => Promise<Exit>;
  /** SIGKILL to its whole process group. */
  readonly kill: () => void;
};

/**
 * Starts a program in a process group of its own (a terminal's Ctrl-C reaches only the supervisor, which decides the
 * order of stopping) that cannot outlive this process. Throws when it could not be started at all.
 */
export function spawnGuarded(
  command: string,
  args: readonly string[],
  { cwd, env, onLine }: GuardedOptions = {},
): GuardedProcess {
  const child = spawn('/bin/sh', ['-c', guardScript, 'guard', command, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const pid = child.pid;
  if (pid === undefined)
    throw new Error(`could not start ${command}: /bin/sh is missing or ${cwd} is no folder`);

  const tail: string[] = [];
  const keep = (line: string) => {
    tail.push(line);
    if (tail.length > tailLength) tail.shift();
    onLine?.(line);
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream as Readable }).on('line', keep);
  }

  const exited = whenExited(child);
  const kill = () => signalGroup(pid, child);
  return {
    pid,
    exited,
    tail: () => tail,
    kill,
    terminate: async (graceMs) => {
      child.kill('SIGTERM');
      const timer = setTimeout(kill, graceMs);
      try {
        return await exited;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function whenExited(child: ChildProcess): Promise<Exit> {
  const guard = child.stdio[3] as Writable;
  guard.on('error', () => {}); // the reading end dies with the group
  return new Promise((resolve) => {
    child.once('exit', () => guard.destroy());
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
}

function signalGroup(pid: number, child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL'); // between fork and setsid there is no group yet
  }
}
