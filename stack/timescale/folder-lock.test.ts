import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';

let folder: string;
const lockFile = () => join(folder, 'server.lock');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-lock-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('is there until it is released, and leaves nothing behind', () => {
  const unlock = lockFolder(folder);
  expect(JSON.parse(readFileSync(lockFile(), 'utf8')).pid).toBe(process.pid);
  unlock();
  expect(readdirSync(folder)).toEqual([]);
});

test('a living process is named in the refusal', () => {
  lockFolder(folder);
  const holder = JSON.parse(readFileSync(lockFile(), 'utf8'));
  const parent = `/proc/${process.ppid}/stat`;
  const startedAt = existsSync(parent)
    ? `${holder.startedAt.split('/')[0]}/${readFileSync(parent, 'utf8').split(') ')[1]?.split(' ')[19]}`
    : '';
  writeFileSync(lockFile(), JSON.stringify({ pid: process.ppid, startedAt }));
  expect(() => lockFolder(folder)).toThrow(`already served by process ${process.ppid}`);
});

test('the lock of a process that has ended is taken over', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  writeFileSync(lockFile(), JSON.stringify({ pid: child.pid, startedAt: '' }));
  lockFolder(folder);
  expect(JSON.parse(readFileSync(lockFile(), 'utf8')).pid).toBe(process.pid);
});

test.skipIf(!existsSync('/proc/self/stat'))(
  'so is that of an earlier process with the same pid as a living one',
  () => {
    writeFileSync(lockFile(), JSON.stringify({ pid: process.ppid, startedAt: 'an earlier boot/1' }));
    lockFolder(folder);
    expect(JSON.parse(readFileSync(lockFile(), 'utf8')).pid).toBe(process.pid);
  },
);

test('so is one that a crash has cut short', () => {
  writeFileSync(lockFile(), '{"pid":');
  lockFolder(folder);
  expect(JSON.parse(readFileSync(lockFile(), 'utf8')).pid).toBe(process.pid);
});
