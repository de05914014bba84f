import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, SECOND } from '../../time/micros.ts';
import { remainingTransit } from './remaining-transit.ts';

const MEAN = 50 * 3600;

/** Forgets how long it has taken already: what remains is distributed as the whole was. */
const exponential = { quantileSeconds: (p: number) => -MEAN * Math.log1p(-p) };
/** Anything up to 100 hours, equally probable. */
const uniform = { quantileSeconds: (p: number) => p * 100 * 3600 };

const seconds = (from: number, to: number) => (to - from) / SECOND;

describe('remainingTransit', () => {
  it('is what the whole was, where the time so far says nothing', () => {
    const hours = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(hours, hours, (elapsed, left) => {
        const now = elapsed * HOUR;
        const promisedAt = now + left * HOUR;
        const remaining = remainingTransit(exponential, { handedOverAt: 0, promisedAt, now });
        expect(remaining.probability).toBeCloseTo(Math.exp(-(left * 3600) / MEAN), 4);
        for (const [p, at] of [
          [0.1, remaining.earliestAt],
          [0.5, remaining.expectedAt],
          [0.9, remaining.latestAt],
        ] as const) {
          expect(seconds(now, at) / exponential.quantileSeconds(p)).toBeCloseTo(1, 2);
        }
      }),
    );
  });

  it('is the rest of what is equally probable', () => {
    const now = 60 * HOUR;
    const remaining = remainingTransit(uniform, { handedOverAt: 0, promisedAt: 90 * HOUR, now });
    expect(remaining.probability).toBeCloseTo(0.25, 6);
    expect(remaining.earliestAt / HOUR).toBeCloseTo(64, 4);
    expect(remaining.expectedAt / HOUR).toBeCloseTo(80, 4);
    expect(remaining.latestAt / HOUR).toBeCloseTo(96, 4);
  });

  it('is certain once the promise is over, and says nothing of lateness without one', () => {
    const now = 60 * HOUR;
    expect(remainingTransit(uniform, { handedOverAt: 0, promisedAt: now, now }).probability).toBe(1);
    expect(remainingTransit(uniform, { handedOverAt: 0, promisedAt: null, now }).probability).toBe(0);
  });

  it('expects nothing in the past of a trip that is longer than any before', () => {
    const now = 500 * HOUR;
    const remaining = remainingTransit(uniform, { handedOverAt: 0, promisedAt: 600 * HOUR, now });
    expect([remaining.earliestAt, remaining.expectedAt, remaining.latestAt]).toEqual([now, now, now]);
  });
});
