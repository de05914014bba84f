import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { madeUpDemand } from '../../bench/forecast/made-up-demand.ts';
import { DAY, HOUR } from '../time/micros.ts';
import { packNumbers, unpackNumbers } from './packed-numbers.ts';
import { type ScoredForecast, SeriesForecaster } from './series-forecaster.ts';

const SHAPE = { step: HOUR, horizons: [1, 5, 24], coverage: 0.9 };
const FROM = 20_000 * DAY;
const SERIES = madeUpDemand({ seed: 8, from: FROM, days: 120, step: HOUR, mean: 300 });

function judged(series: readonly { at: number; value: number }[], after: number): ScoredForecast[] {
  const forecaster = new SeriesForecaster(SHAPE);
  return series.flatMap(({ at, value }) => {
    const scored = forecaster.observe(at, value);
    forecaster.forecast();
    return at >= after ? scored : [];
  });
}

describe('forecasts', () => {
  const scored = judged(SERIES, FROM + 28 * DAY);

  test.each([
    [1, 0.5],
    [5, 0.62],
    [24, 0.85],
  ])('%d hours ahead are better than those of last week by a factor of %d', (horizon, most) => {
    const ones = scored.filter((one) => one.horizon === horizon);
    const error = ones.reduce((sum, { actual, expected }) => sum + Math.abs(actual - expected), 0);
    const naive = ones.reduce((sum, one) => sum + Math.abs(one.actual - one.naive!), 0);
    expect(error / naive).toBeLessThan(most);
  });

  test('intervals hold nine in ten', () => {
    for (const horizon of SHAPE.horizons) {
      const ones = scored.filter((one) => one.horizon === horizon);
      const inside = ones.filter(({ low, high, actual }) => low <= actual && actual <= high).length;
      expect(inside / ones.length).toBeGreaterThan(0.85);
      expect(inside / ones.length).toBeLessThan(0.95);
    }
  });

  test('naive is what came a week before', () => {
    const values = new Map(SERIES.map(({ at, value }) => [at, value]));
    for (const { at, naive, actual } of scored.slice(0, 500)) {
      expect(naive).toBe(values.get(at - 7 * DAY));
      expect(actual).toBe(values.get(at));
    }
  });
});

const counts = fc.array(
  fc.record({ skip: fc.nat({ max: 3 }), value: fc.oneof(fc.constant(0), fc.nat({ max: 10_000 })) }),
  { minLength: 30, maxLength: 120 },
);

test('whatever the counts and gaps, what it says is finite, ordered and for the hours it names', () => {
  fc.assert(
    fc.property(counts, (steps) => {
      const forecaster = new SeriesForecaster(SHAPE);
      let at = FROM;
      for (const { skip, value } of steps) {
        at += (1 + skip) * HOUR;
        forecaster.observe(at, value);
        for (const one of forecaster.forecast()) {
          expect(one.at).toBe(at + one.horizon * HOUR);
          expect(one.low).toBeGreaterThanOrEqual(0);
          expect(one.low).toBeLessThanOrEqual(one.expected);
          expect(one.expected).toBeLessThanOrEqual(one.high);
          expect(Number.isFinite(one.high)).toBe(true);
        }
      }
    }),
  );
});

test('nothing that comes later changes a forecast, and its state in a text is all that it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 400 }), (cut) => {
      const once = new SeriesForecaster(SHAPE);
      let other = new SeriesForecaster(SHAPE);
      for (const [i, { at, value }] of SERIES.slice(0, cut + 60).entries()) {
        if (i === cut) other = new SeriesForecaster(SHAPE, unpackNumbers(packNumbers(other.state())));
        expect(other.observe(at, value)).toEqual(once.observe(at, value));
        expect(other.forecast()).toEqual(once.forecast());
      }
    }),
    { numRuns: 8 },
  );
});

test('a hole of months, an order that is not kept, and no value', () => {
  const forecaster = new SeriesForecaster(SHAPE);
  for (const { at, value } of SERIES.slice(0, 400)) forecaster.observe(at, value);
  const last = SERIES[399]!.at;
  expect(() => forecaster.observe(last, 1)).toThrow('in their order');
  expect(() => forecaster.observe(last + HOUR, Number.NaN)).toThrow('0 or more');
  expect(forecaster.observe(last + 100 * DAY, 300)).toEqual([]);
  expect(forecaster.forecast().every(({ naive }) => naive === null)).toBe(true);
  expect(() => new SeriesForecaster(SHAPE, new Float64Array(3))).toThrow('numbers, not 3');
  expect(() => new SeriesForecaster({ ...SHAPE, horizons: [200] })).toThrow('a week');
});
