import { expect, it } from 'vitest';
import { shortenDurations } from './shorten-durations.ts';

it('shortens how long a rule waits and looks back, and nothing else', () => {
  const rule = [
    'expr: increase(x_total[5m]) > 3 and max_over_time(y[1h:10m]) > 600',
    'for: 2m',
    'keep_firing_for: 5m',
  ];
  expect(shortenDurations(rule.join('\n'), 10).split('\n')).toEqual([
    'expr: increase(x_total[30s]) > 3 and max_over_time(y[360s:60s]) > 600',
    'for: 12s',
    'keep_firing_for: 5m',
  ]);
});

it('leaves at least two scrapes', () => {
  expect(shortenDurations('rate(x[30s])', 10)).toBe('rate(x[5s])');
});
