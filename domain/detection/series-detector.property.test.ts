import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../time/micros.ts';
import { EnvelopeDetector } from './envelope/envelope-detector.ts';
import { FindingTracker } from './finding-tracker.ts';
import { SeriesDetector } from './series-detector.ts';
import type { SeriesKind, SeriesPoint } from './series-point.ts';

const STEP = 5 * MINUTE;

const kinds = fc.constantFrom<SeriesKind>('COUNT', 'RATE', 'MEAN', 'GAUGE');

const amount = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 60 }) },
  { weight: 2, arbitrary: fc.double({ min: 0, max: 1e4, noNaN: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, 0, 1e-300, 1e12, 1e300, -5, Number.NaN, Number.POSITIVE_INFINITY),
  },
);

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Hostile histories: gaps, steps of which nothing is known, parts larger than the whole, numbers without measure. */
const history = fc
  .array(
    fc.record({
      gap: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 3000 })),
      sum: amount,
      n: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constantFrom(0, 1, 1e9)),
      squares: fc.option(amount),
    }),
    { minLength: 2, maxLength: 200 },
  )
  .map((steps) => {
    let at = 1_700_000_100_000_000;
    return steps.map(({ gap, ...rest }): SeriesPoint => {
      at += gap * STEP;
      return { at, ...rest };
    });
  });

describe('SeriesDetector', () => {
  it('goes on after decoding as if it had never stopped, to the last bit', () => {
    fc.assert(
      fc.property(kinds, history, fc.nat(), (kind, points, cut) => {
        const split = cut % points.length;
        const whole = new SeriesDetector(kind, STEP);
        for (const point of points.slice(0, split)) whole.observe(point);
        const half = SeriesDetector.decode(whole.encode());
        expect(hex(half.encode())).toBe(hex(whole.encode()));
        for (const point of points.slice(split)) expect(half.observe(point)).toEqual(whole.observe(point));
        expect(hex(half.encode())).toBe(hex(whole.encode()));
      }),
      { numRuns: 100 },
    );
  });

  it('has a state of the same few bytes and sensible verdicts, whatever comes', () => {
    fc.assert(
      fc.property(kinds, history, (kind, points) => {
        const detector = new SeriesDetector(kind, STEP);
        for (const point of points) {
          const verdict = detector.observe(point);
          expect(verdict.score).toBeGreaterThanOrEqual(0);
          expect(verdict.score).toBeLessThanOrEqual(1);
          expect(Number.isFinite(verdict.deviation)).toBe(true);
          expect(verdict.severity === null).toBe(!verdict.anomalous);
          if (verdict.low !== null && verdict.high !== null) {
            expect(verdict.low).toBeGreaterThanOrEqual(0);
            expect(verdict.high).toBeGreaterThanOrEqual(verdict.low);
          }
        }
        expect(detector.encode().length).toBeLessThan(2000);
      }),
      { numRuns: 100 },
    );
  });

  it('judges a step by the past only', () => {
    fc.assert(
      fc.property(kinds, history, fc.nat(), (kind, points, cut) => {
        const split = 1 + (cut % points.length);
        const all = new SeriesDetector(kind, STEP);
        const some = new SeriesDetector(kind, STEP);
        const verdicts = points.map((point) => all.observe(point));
        expect(points.slice(0, split).map((point) => some.observe(point))).toEqual(verdicts.slice(0, split));
      }),
      { numRuns: 50 },
    );
  });
});

describe('EnvelopeDetector', () => {
  it('goes on after decoding as if it had never stopped, to the last bit', () => {
    const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(values, fc.nat(), fc.integer({ min: 1, max: DAY }), (series, cut, step) => {
        const split = cut % series.length;
        const whole = new EnvelopeDetector();
        for (const [i, value] of series.slice(0, split).entries()) whole.observe(i * step, value);
        const half = EnvelopeDetector.decode(whole.encode());
        for (const [i, value] of series.slice(split).entries()) {
          const verdict = whole.observe((split + i) * step, value);
          expect(half.observe((split + i) * step, value)).toEqual(verdict);
          expect(verdict.score >= 0 && verdict.score <= 1).toBe(true);
        }
        expect(hex(half.encode())).toBe(hex(whole.encode()));
      }),
      { numRuns: 100 },
    );
  });
});

describe('FindingTracker', () => {
  it('goes on after decoding as if it had never stopped, and never has two findings at a time', () => {
    fc.assert(
      fc.property(history, fc.nat(), (points, cut) => {
        const detector = new SeriesDetector('COUNT', STEP, { threshold: 1.5 });
        const verdicts = points.map((point) => detector.observe(point));
        const split = cut % points.length;
        const whole = new FindingTracker('orders|region=Mapo-gu', STEP);
        for (const verdict of verdicts.slice(0, split)) whole.observe(verdict);
        const half = FindingTracker.decode(whole.encode());
        for (const verdict of verdicts.slice(split)) {
          const changed = whole.observe(verdict);
          expect(half.observe(verdict)).toEqual(changed);
          expect(changed.filter(({ endedAt }) => endedAt === null).length).toBeLessThanOrEqual(1);
        }
        expect(hex(half.encode())).toBe(hex(whole.encode()));
      }),
      { numRuns: 100 },
    );
  });
});
