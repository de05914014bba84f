import { Gauge, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { atScrape } from './at-scrape.ts';

it('reads once for all gauges of a scrape, anew for the next, and shows nothing older', async () => {
  const registry = new Registry();
  let readings = 0;
  const collect = atScrape(async () => {
    readings += 1;
    const value = readings;
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const gauge of gauges) gauge.set(value);
  });
  const gauges = ['a', 'b', 'c'].map(
    (name) => new Gauge({ name, help: 'x', registers: [registry], collect }),
  );
  for (const expected of [1, 2]) {
    const text = await registry.metrics();
    expect(text.match(/^[abc] \d+$/gm)).toEqual([`a ${expected}`, `b ${expected}`, `c ${expected}`]);
  }
  expect(readings).toBe(2);
});
