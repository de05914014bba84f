import { describe, expect, test } from 'vitest';
import { buckets, parseSamples, quantileSince, total } from './prometheus-text.ts';

const text = `# HELP holdfast_records_consumed_total Records.
# TYPE holdfast_records_consumed_total counter
holdfast_records_consumed_total{topic="orders"} 120
holdfast_records_consumed_total{topic="pay\\"ments"} 3e1
holdfast_watermark_age_seconds 0.25 1700000000000
latency_bucket{le="0.1"} 50
latency_bucket{le="1"} 95
latency_bucket{le="+Inf"} 100
`;

test('reads names, labels and values', () => {
  const samples = parseSamples(text);
  expect(samples[1]).toEqual({
    name: 'holdfast_records_consumed_total',
    labels: { topic: 'pay"ments' },
    value: 30,
  });
  expect(total(samples, 'holdfast_records_consumed_total')).toBe(150);
  expect(total(samples, 'holdfast_watermark_age_seconds')).toBe(0.25);
  expect(total(samples, 'missing')).toBeUndefined();
});

describe('a quantile', () => {
  const after = buckets(parseSamples(text), 'latency');

  test('is interpolated within its bucket', () => {
    expect(quantileSince(new Map(), after, 0.95)).toBeCloseTo(1);
    expect(quantileSince(new Map(), after, 0.5)).toBeCloseTo(0.1);
    expect(quantileSince(new Map(), after, 0.725)).toBeCloseTo(0.55);
  });

  test('beyond the last bound is that bound', () => {
    expect(quantileSince(new Map(), after, 0.99)).toBe(1);
  });

  test('counts only what came since', () => {
    const before = new Map([
      [0.1, 0],
      [1, 45],
      [Number.POSITIVE_INFINITY, 50],
    ]);
    expect(quantileSince(before, after, 0.95)).toBeCloseTo(0.095);
    expect(quantileSince(after, after, 0.95)).toBeUndefined();
  });
});
