import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  averagePrecision,
  brierScore,
  calibrationError,
  type Judged,
  reliability,
  rocAuc,
  rocCurve,
} from './classification.ts';

const of = (...pairs: [number, boolean][]): Judged[] =>
  pairs.map(([score, happened]) => ({ score, happened }));
/** Few distinct scores, so that there are ties; both outcomes occur. */
const judged = fc
  .array(fc.record({ score: fc.integer({ min: 0, max: 6 }).map((n) => n / 6), happened: fc.boolean() }), {
    minLength: 2,
    maxLength: 40,
  })
  .filter((all) => all.some(({ happened }) => happened) && all.some(({ happened }) => !happened));

describe('rocAuc', () => {
  test('is the share of pairs in the right order, ties counting half', () => {
    fc.assert(
      fc.property(judged, (all) => {
        let sum = 0;
        let pairs = 0;
        for (const a of all.filter(({ happened }) => happened)) {
          for (const b of all.filter(({ happened }) => !happened)) {
            pairs += 1;
            sum += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
          }
        }
        expect(rocAuc(all)).toBeCloseTo(sum / pairs, 10);
      }),
    );
  });

  test('is the area under the curve', () => {
    fc.assert(
      fc.property(judged, (all) => {
        const points = rocCurve(all);
        const area = points.reduce((sum, [x, y], i) => {
          const [x0, y0] = points[i - 1] ?? [0, 0];
          return sum + ((x - x0) * (y + y0)) / 2;
        }, 0);
        expect(area).toBeCloseTo(rocAuc(all), 10);
      }),
    );
  });

  test('does not exist when none is late', () => {
    expect(rocAuc(of([0.1, false], [0.2, false]))).toBeNaN();
  });
});

describe('averagePrecision', () => {
  // scikit-learn 1.5: average_precision_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).
  test('agrees with scikit-learn', () => {
    expect(averagePrecision(of([0.1, false], [0.4, false], [0.35, true], [0.8, true]))).toBeCloseTo(
      0.8333333,
      6,
    );
  });

  test('is the share of late orders when all score the same', () => {
    expect(averagePrecision(of([0.5, true], [0.5, false], [0.5, false], [0.5, false]))).toBe(0.25);
  });

  test('does not depend on the order of the sample', () => {
    fc.assert(
      fc.property(judged, (all) => {
        expect(averagePrecision(all.toReversed())).toBeCloseTo(averagePrecision(all), 12);
      }),
    );
  });
});

describe('calibration', () => {
  test('the Brier score is the mean squared error', () => {
    expect(brierScore(of([0.5, true], [0, false]))).toBe(0.125);
  });

  test('bins hold all cases, the least probable first', () => {
    fc.assert(
      fc.property(judged, (all) => {
        const bins = reliability(all);
        expect(bins.reduce((sum, { cases }) => sum + cases, 0)).toBe(all.length);
        const predicted = bins.map((bin) => bin.predicted);
        expect(predicted).toEqual(predicted.toSorted((a, b) => a - b));
      }),
    );
  });

  test('predictions that come true have no error', () => {
    const all = [...Array(10)].flatMap((_, i) => [
      ...Array.from({ length: 10 }, (__, j) => ({ score: i / 10, happened: j < i })),
    ]);
    expect(calibrationError(reliability(all))).toBeCloseTo(0, 12);
  });

  test('predictions that are always too low by a fifth have that error', () => {
    const all = [...Array(10)].flatMap((_, i) => [
      ...Array.from({ length: 10 }, (__, j) => ({ score: i / 10 - 0.2, happened: j < i })),
    ]);
    expect(calibrationError(reliability(all))).toBeCloseTo(0.2, 12);
  });
});
