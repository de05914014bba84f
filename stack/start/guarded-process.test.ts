import { expect, test } from 'vitest';
import { isRunning } from '../../test/support/processes.ts';
import { spawnGuarded } from './guarded-process.ts';

const sh = (script: string) => spawnGuarded('/bin/sh', ['-c', script]);

test('the pid, the exit code and the output are those of the program itself', async () => {
  const lines: string[] = [];
  const child = spawnGuarded('/bin/sh', ['-c', 'echo $$; echo oops >&2; exit 3'], {
    onLine: (line) => lines.push(line),
  });
  expect(await child.exited).toEqual({ code: 3, signal: null });
  expect(lines.toSorted()).toEqual([String(child.pid), 'oops'].toSorted());
  expect(child.tail()).toHaveLength(2);
});

test('a program that does not exist ends with exit code 127', async () => {
  const child = spawnGuarded('/nonexistent/program', []);
  expect((await child.exited).code).toBe(127);
});

test('terminate lets it end by itself', async () => {
  const child = sh('trap "exit 5" TERM; echo up; while :; do sleep 0.05; done');
  await expect.poll(() => child.tail()).toContain('up');
  expect(await child.terminate(5_000)).toEqual({ code: 5, signal: null });
});

test('what ignores SIGTERM is killed after the grace, with its own children', async () => {
  const child = sh('trap "" TERM; sleep 60 & echo $!; wait; wait');
  await expect.poll(() => child.tail()).toHaveLength(1);
  const grandchild = Number(child.tail()[0]);
  expect(isRunning(grandchild)).toBe(true);
  expect(await child.terminate(50)).toEqual({ code: null, signal: 'SIGKILL' });
  await expect.poll(() => isRunning(grandchild)).toBe(false);
});
