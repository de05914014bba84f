import { expect, test } from 'vitest';
import { DAY, HOUR } from '../time/micros.ts';
import { PeakWatch, type Staffing } from './peak-watch.ts';
import type { Forecast } from './series-forecaster.ts';

const NOW = 20_000 * DAY;
/** One rider for two orders an hour; ten are there. */
const STAFFING: Staffing = { needed: (_, orders) => orders / 2, usual: () => 10, productivity: () => 2 };

/** @param expected orders by hours after `now` */
function outlook(now: number, expected: Readonly<Record<number, number>>): Forecast[] {
  return Array.from({ length: 24 }, (_, i) => {
    const orders = expected[i] ?? 12;
    return {
      at: now + i * HOUR,
      horizon: i + 1,
      expected: orders,
      low: 0.8 * orders,
      high: 1.2 * orders,
      naive: null,
    };
  });
}

test('warns once of a run of hours, wherever it moves, and is done when it is over', () => {
  const watch = new PeakWatch(STAFFING);
  const first = watch.observe('harbour', NOW, outlook(NOW, { 5: 24, 6: 30, 7: 23 }));
  expect(first.raised).toMatchObject([
    {
      dedupKey: 'forecast/peak/2024-10-04T05:00:00.000000Z/harbour',
      severity: 'critical',
      evidence: {
        riders_needed: 15,
        riders_short: 5,
        expected_orders: 30,
        peak_at: '2024-10-04T06:00:00.000000Z',
      },
    },
  ]);
  const next = watch.observe('harbour', NOW + HOUR, outlook(NOW + HOUR, { 6: 26, 7: 24 }));
  expect(next).toEqual({ raised: [], closed: [] });
  const other = new PeakWatch(STAFFING);
  other.restore(JSON.parse(JSON.stringify(watch.state())));
  // It now ends at 9:00, for that is what was expected last.
  expect(other.observe('harbour', NOW + 8 * HOUR, outlook(NOW + 8 * HOUR, {})).closed).toEqual([]);
  const { closed } = other.observe('harbour', NOW + 9 * HOUR, outlook(NOW + 9 * HOUR, {}));
  expect(closed.map(({ dedupKey }) => dedupKey)).toEqual([first.raised[0]!.dedupKey]);
  expect(other.state()).toEqual({});
});

test('two peaks of a day are two, and one that may not come is only a warning', () => {
  const watch = new PeakWatch(STAFFING);
  const { raised } = watch.observe('harbour', NOW, outlook(NOW, { 3: 23, 12: 40 }));
  expect(raised.map(({ severity }) => severity)).toEqual(['warning', 'critical']);
});

test('without knowing riders nobody is warned, nor for less than one', () => {
  const unknown = new PeakWatch({ needed: () => null, usual: () => null, productivity: () => null });
  expect(unknown.observe('harbour', NOW, outlook(NOW, { 5: 400 })).raised).toEqual([]);
  expect(new PeakWatch(STAFFING).observe('harbour', NOW, outlook(NOW, { 5: 21 })).raised).toEqual([]);
});
