import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageOf, dailyCurve } from './daily-curve.ts';
import { isoKorea, isoUtc } from './iso-time.ts';
import { Prng, shortCode } from './prng.ts';
import { SendQueue } from './send-queue.ts';

it('the queue gives back by time, then by insertion', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (times) => {
      const queue = new SendQueue<[number, number]>();
      times.forEach((at, i) => void queue.push(at, [at, i]));
      const popped = times.map(() => queue.pop());
      const expected = times.map((at, i): [number, number] => [at, i]);
      expect(popped).toEqual(expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
      expect(queue.pop()).toBeUndefined();
      expect(queue.nextAt).toBe(Number.POSITIVE_INFINITY);
    }),
  );
});

describe('Prng', () => {
  it('repeats itself by seed, and its forks do not depend on what was drawn', () => {
    const a = new Prng('x');
    const before = a.fork('f').uint32();
    a.uint32();
    expect(a.fork('f').uint32()).toBe(before);
    expect(new Prng('x').uint32()).toBe(new Prng('x').uint32());
    expect(new Prng('x').uint32()).not.toBe(new Prng('y').uint32());
  });

  it('has the distributions it names', () => {
    const rng = new Prng('distribution');
    const draws = <T>(draw: () => T) => Array.from({ length: 20_000 }, draw);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(draws(() => rng.next()))).toBeCloseTo(0.5, 1);
    expect(mean(draws(() => rng.exponential(3)))).toBeCloseTo(3, 0);
    expect(draws(() => rng.lognormal(10, 0.5)).sort((a, b) => a - b)[10_000]).toBeCloseTo(10, 0);
    expect(new Set(draws(() => rng.int(1, 3)))).toEqual(new Set([1, 2, 3]));
    expect(() => rng.pick([])).toThrow(RangeError);
  });

  it('makes codes without look-alikes', () => {
    expect(shortCode('run')).toMatch(/^[2-9A-HJ-NP-Z]{7}$/);
  });
});

describe('dailyCurve', () => {
  const noon = Date.UTC(2026, 2, 3, 3);

  it('peaks at lunch and in the evening of the zone, and is low at four', () => {
    const seoul = dailyCurve('Asia/Seoul');
    const hour = 3_600_000;
    expect(seoul(noon)).toBeGreaterThan(seoul(noon + 3 * hour));
    expect(seoul(noon + 9 * hour)).toBeGreaterThan(seoul(noon));
    expect(seoul(noon - 8 * hour)).toBeLessThan(0.3);
    expect(dailyCurve('UTC')(noon + 9 * hour)).toBeCloseTo(seoul(noon), 5);
    expect(dailyCurve('America/New_York')(noon + 14 * hour)).toBeCloseTo(seoul(noon), 5);
  });

  it('averages about 1 over a week', () => {
    expect(averageOf(dailyCurve('Asia/Seoul'), noon, noon + 7 * 86_400_000)).toBeCloseTo(1, 1);
  });
});

it('writes times in UTC and in Korean time', () => {
  const at = Date.UTC(2026, 1, 28, 18, 30, 0, 7);
  expect(isoUtc(at)).toBe('2026-02-28T18:30:00.007Z');
  expect(isoKorea(at)).toBe('2026-03-01T03:30:00.007+09:00');
});
