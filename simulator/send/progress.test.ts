import { expect, it } from 'vitest';
import { Progress } from './progress.ts';

function watched(isTTY: boolean, speed = 1) {
  let now = 0;
  const written: string[] = [];
  const start = Date.UTC(2026, 2, 1, 3);
  const progress = new Progress({
    terminal: { isTTY, write: (text) => void written.push(text) },
    clock: () => now,
    timeZone: 'Asia/Seoul',
    events: 1_000,
    start,
    end: start + 100_000,
    speed,
  });
  const at = (ms: number): void => {
    now = ms;
  };
  return { written, progress, start, at };
}

it('redraws one line on a terminal', () => {
  const { written, progress, start, at } = watched(true);
  at(100);
  progress.update(1, start);
  expect(written).toEqual([]);
  at(1_000);
  progress.update(20, start + 1_000);
  expect(written).toEqual(['\r\u001b[2K20 sent · 20/s · clock 2026-03-01 12:00:01+09:00 · 1m 39s left']);
  progress.say('hello');
  expect(written.at(-1)).toBe('\r\u001b[2Khello\n');
});

it('writes a line every ten seconds elsewhere', () => {
  const { written, progress, start, at } = watched(false, Number.POSITIVE_INFINITY);
  for (let second = 1; second <= 25; second++) {
    at(second * 1_000);
    progress.update(second * 20, start + second * 2_000);
  }
  expect(written).toHaveLength(2);
  expect(written[0]).toBe('200 sent · 20/s · clock 2026-03-01 12:00:20+09:00 · 40s left\n');
});
