import { expect, it } from 'vitest';
import { DAY, HOUR, YEAR_2000 as START } from '../../domain/time/micros.ts';
import { Progress, type ProgressState, progressLine } from './progress.ts';
import { type Summary, summaryTable } from './summary.ts';

const STATE: ProgressState = {
  done: 2_500,
  total: 10_000,
  end: START + 2 * DAY,
  clock: { state: 'running', now: START + DAY, speed: 3_600, stepTo: null },
};

it('shows how far it is, and how long it takes by the clock or by the rate', () => {
  expect(progressLine(STATE, 400)).toBe(
    '██████░░░░░░░░░░░░░░░░░░ 25 % · 2000-01-02 00:00Z · 2,500 events · 400/s · 3,600x · 24s left',
  );
  const max = { ...STATE, clock: { ...STATE.clock, speed: Number.POSITIVE_INFINITY } };
  expect(progressLine(max, 100)).toContain('max · 1m 15s left');
  const paused = { ...STATE, clock: { ...STATE.clock, state: 'paused' as const, now: START + HOUR } };
  expect(progressLine(paused, 0)).toMatch(/paused$/);
});

it('is redrawn four times a second on a terminal, and never elsewhere', () => {
  for (const isTTY of [true, false]) {
    const written: string[] = [];
    let now = 0;
    const progress = new Progress({ isTTY, write: (text) => void written.push(text) }, () => now);
    for (; now < 1_000; now += 10) progress.update(() => STATE);
    expect(written).toHaveLength(isTTY ? 4 : 0);
    progress.say('a message');
    expect(written.at(-1)).toContain('a message\n');
  }
});

it('sums up in a table', () => {
  const summary: Summary = {
    run: '0123456789abcdef',
    complete: false,
    references: { sellers: 3, customers: 1_000, products: 0, zip_coordinates: 0 },
    published: { orders: 12_000, payments: 5, reviews: 0 },
    passedOver: 77,
    issues: { path: 'report.jsonl', total: 4, byKind: { BAD_TIME: 3, UNKNOWN_SELLER: 1 } },
    firstEvent: '2017-01-01T00:00:00.000000Z',
    lastEvent: '2017-02-01T00:00:00.000000Z',
    realMs: 61_000,
    eventsPerSecond: 196.8,
    peakMemoryMb: 200,
  };
  const lines = summaryTable(summary)
    .split('\n')
    .map((line) => line.trim().replaceAll(/ {2,}/g, ' '));
  expect(lines).toEqual([
    'Reference data',
    'sellers 3',
    'customers 1,000',
    'Events published',
    'orders 12,000',
    'payments 5',
    'reviews 0',
    'together 12,005',
    'published before 77',
    'from 2017-01-01T00:00:00Z to 2017-02-01T00:00:00Z',
    'Impossible, published as they are',
    'UNKNOWN_SELLER 1',
    'Could not be read, or not whole',
    'BAD_TIME 3',
    'each with file and line in report.jsonl',
    '1m 1s, 197 events/s, 200 MB of memory at most',
    'Not all of it was published: start it again to go on.',
    '',
  ]);
});
