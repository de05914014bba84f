import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { eventually } from '../test/support/eventually.ts';
import { holdToShare } from './hold-to-share.ts';

const busy = spawn(process.execPath, ['-e', 'for (;;) {}'], { stdio: 'ignore' });
afterEach(() => void busy.kill('SIGKILL'));

function state(): string {
  const text = readFileSync(`/proc/${busy.pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2, text.lastIndexOf(')') + 3);
}

test('stops a process and lets it run by turns, and runs freely again once released', async () => {
  const release = holdToShare(busy.pid ?? 0, 0.5);
  const seen = new Set<string>();
  await eventually('a stop', () => seen.add(state()).has('T'));
  await eventually('a run', () => seen.add(state()).has('R'));
  release();
  await eventually('the end of the stop', () => state() !== 'T');
  for (let look = 0; look < 20; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 3));
    expect(state()).not.toBe('T');
  }
});
