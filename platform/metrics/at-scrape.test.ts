import { Gauge, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { atScrape } from './at-scrape.ts';

/** Three gauges of one reading that takes so long, on a clock of its own. */
function stage(readingMs: number) {
  const registry = new Registry();
  const clock = { ms: 0, readings: 0 };
  const collect = atScrape(
    async () => {
      clock.readings += 1;
      const value = clock.readings;
      await new Promise((resolve) => setTimeout(resolve, 5));
      clock.ms += readingMs;
      for (const gauge of gauges) gauge.set(value);
    },
    () => clock.ms,
  );
  const gauges = ['a', 'b', 'c'].map(
    (name) => new Gauge({ name, help: 'x', registers: [registry], collect }),
  );
  const scrape = async () => (await registry.metrics()).match(/^[abc] \d+$/gm);
  return { clock, scrape };
}

it('reads once for all gauges of a scrape, and anew for the next', async () => {
  const { clock, scrape } = stage(20);
  for (const expected of [1, 2]) {
    expect(await scrape()).toEqual([`a ${expected}`, `b ${expected}`, `c ${expected}`]);
    clock.ms += 15_000;
  }
  expect(clock.readings).toBe(2);
});

it('reads no oftener than a fiftieth of the time, and shows nothing older than ten seconds', async () => {
  const { clock, scrape } = stage(70);
  await scrape();
  clock.ms += 3_499;
  expect(await scrape()).toContain('a 1');
  clock.ms += 1;
  expect(await scrape()).toContain('a 2');

  const slow = stage(5_000);
  await slow.scrape();
  slow.clock.ms += 9_999;
  expect(await slow.scrape()).toContain('a 1');
  slow.clock.ms += 1;
  expect(await slow.scrape()).toContain('a 2');
});
