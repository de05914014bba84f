import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const forwarded = ['SIGTERM', 'SIGHUP', 'SIGINT'];

/**
 * Runs a program to its end and returns its exit code (128 + n when signal n ended it). Signals that reach this
 * process are passed on, so that ending `npm start` during an installation, or `npm test` during a run, ends the
 * program too. `onLine`, when given, receives each line of its output instead of the terminal. Rejects when the program
 * cannot be started.
 */
export async function run(command, args, { env = process.env, cwd, onLine } = {}) {
  const stdio = onLine === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'];
  const child = spawn(command, args, { cwd, env, stdio });
  const forward = (signal) => {
    // A terminal has sent its Ctrl-C to the program too, and a second one would mean "at once".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, forward);
  try {
    if (onLine !== undefined) {
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream }).on('line', onLine);
    }
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? signalExitCode(signal)));
    });
  } finally {
    for (const signal of forwarded) process.off(signal, forward);
  }
}

function signalExitCode(signal) {
  return 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0);
}
