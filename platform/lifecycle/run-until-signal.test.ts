import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';

const PROGRAM = 'test/support/programs/run-until-signal.ts';
/** Repeats sooner than this are the same Ctrl-C. */
const ANOTHER_SIGNAL_MS = 1_500;
const TIMEOUT_MS = 60_000;

interface Program {
  child: ChildProcess;
  output: () => string;
  printed: (text: string) => Promise<void>;
  ended: Promise<number | null>;
}

async function start(how: 'stops' | 'fails' | 'hangs', deadlineMs: number, ipc = false): Promise<Program> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, how, String(deadlineMs)], {
    stdio: ['ignore', 'pipe', 'inherit', ...(ipc ? (['ipc'] as const) : [])],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  // Not 'close', which never comes after a disconnect.
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const printed = async (text: string) => {
    while (!output.includes(text)) await sleep(20);
  };
  await printed('running');
  return { child, output: () => output, printed, ended };
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s stops it cleanly: status 0',
  async (signal) => {
    const { child, printed, ended } = await start('stops', 30_000);
    child.kill(signal);
    expect(await ended).toBe(0);
    await printed('stop called');
  },
  TIMEOUT_MS,
);

it(
  'a stop that fails ends it with status 1',
  async () => {
    const { child, printed, ended } = await start('fails', 30_000);
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
    await printed('stopped with an error');
  },
  TIMEOUT_MS,
);

it(
  'a stop that hangs is ended at the deadline, with status 1',
  async () => {
    const { child, printed, ended } = await start('hangs', 100);
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
    await printed('did not stop in time');
  },
  TIMEOUT_MS,
);

it(
  'the same Ctrl-C twice stops once; a later second one ends it at once, with status 130',
  async () => {
    const { child, output, printed, ended } = await start('hangs', 50_000);
    child.kill('SIGINT');
    await printed('stop called');
    child.kill('SIGINT');
    await sleep(ANOTHER_SIGNAL_MS);
    expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(output().match(/stop called/g)).toHaveLength(1);
  },
  TIMEOUT_MS,
);

it(
  'goes with a parent that held an IPC channel',
  async () => {
    const { child, printed, ended } = await start('stops', 30_000, true);
    child.disconnect();
    expect(await ended).toBe(0);
    await printed('stop called');
  },
  TIMEOUT_MS,
);
