import { once } from 'node:events';
import { expect, it } from 'vitest';
import { Throttle, type WireQuality } from './throttle.ts';

function collected(throttle: Throttle): () => string {
  let text = '';
  throttle.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}

it('keeps the order of what it delays, also when the delay ends meanwhile', async () => {
  const quality: WireQuality = { latencyMs: 30, bytesPerSecond: null };
  const throttle = new Throttle(quality);
  const text = collected(throttle);
  throttle.write('a');
  quality.latencyMs = 0;
  for (const letter of 'bcd') throttle.write(letter);
  throttle.end();
  await once(throttle, 'end');
  expect(text()).toBe('abcd');
});

it('delivers nothing before its time', async () => {
  const throttle = new Throttle({ latencyMs: 40, bytesPerSecond: 1_000 });
  const text = collected(throttle);
  const began = performance.now();
  throttle.write('x'.repeat(60));
  throttle.end();
  await once(throttle, 'end');
  expect(performance.now() - began).toBeGreaterThanOrEqual(98);
  expect(text()).toHaveLength(60);
});

it('lets everything through at once where nothing is set', () => {
  const throttle = new Throttle({ latencyMs: 0, bytesPerSecond: null });
  throttle.write('now');
  expect(throttle.read()?.toString()).toBe('now');
});

it('takes no more than a wire would hold', () => {
  const throttle = new Throttle({ latencyMs: 60_000, bytesPerSecond: null });
  throttle.resume();
  let taken = 0;
  while (taken < 100 && throttle.write(Buffer.alloc(1024 * 1024))) taken += 1;
  expect(taken).toBeLessThan(8);
  throttle.destroy();
});
