import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SilenceDetector } from './silence-detector.ts';

const STEP = 300_000_000;

/** Shows steps: 1 heard, 0 not, null: not known. */
function show(detector: SilenceDetector, steps: readonly (0 | 1 | null)[], from = 0) {
  return steps.map((sum, index) =>
    detector.observe({ at: from + index * STEP, sum: sum ?? 0, n: sum === null ? 0 : 1, squares: null }),
  );
}

const usual = (length: number): 1[] => Array.from({ length }, () => 1);
const silence = (length: number): 0[] => Array.from({ length }, () => 0);

describe('SilenceDetector', () => {
  it('finds a silence with its third step, the worse the longer, and its end at once', () => {
    const verdicts = show(new SilenceDetector(STEP), [...usual(100), ...silence(6), 1]).slice(100);
    expect(verdicts.map(({ anomalous }) => anomalous)).toEqual([false, false, true, true, true, true, false]);
    expect(verdicts.map(({ severity }) => severity)).toEqual([
      null,
      null,
      'warning',
      ...Array(3).fill('critical'),
      null,
    ]);
    expect(verdicts[2]?.score).toBeCloseTo(0.5, 2);
    expect(verdicts.map(({ deviation }) => deviation).slice(0, 6)).toEqual(
      verdicts
        .map(({ deviation }) => deviation)
        .slice(0, 6)
        .toSorted((a, b) => b - a),
    );
  });

  it('waits longer where signs of life get lost more often', () => {
    const often = Array.from({ length: 400 }, (_, index) => (index % 5 === 0 ? 0 : 1) as 0 | 1);
    const verdicts = show(new SilenceDetector(STEP), [...often, 1, ...silence(12)]);
    expect(verdicts.slice(0, 400).every(({ anomalous }) => !anomalous)).toBe(true);
    const first = verdicts.slice(401).findIndex(({ anomalous }) => anomalous);
    expect(first).toBeGreaterThanOrEqual(6);
    expect(first).toBeLessThan(12);
  });

  it('says nothing of what it has hardly heard of, and takes what is not known for no silence', () => {
    expect(show(new SilenceDetector(STEP), [...usual(20), ...silence(9)]).some((one) => one.anomalous)).toBe(
      false,
    );
    const closed = [...usual(100), 0, 0, null, 0, 0, null, null, 1] as const;
    expect(show(new SilenceDetector(STEP), closed).some((one) => one.anomalous)).toBe(false);
    const detector = new SilenceDetector(STEP);
    show(detector, [...usual(100), 0, 0]);
    expect(show(detector, [0, 0], 110 * STEP).some((one) => one.anomalous)).toBe(false);
  });

  it('takes who is silent for longer than a day for usually silent', () => {
    const verdicts = show(new SilenceDetector(STEP), [...usual(3000), ...silence(4000)]);
    expect(verdicts[3100]?.anomalous).toBe(true);
    expect(verdicts.at(-1)?.expected).toBeLessThan(0.5);
  });

  it('goes on from its state as if nothing had been', () => {
    const step = fc.constantFrom<(0 | 1 | null)[]>(1, 1, 1, 1, 0, null);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.array(step, { maxLength: 50 }), (before, after) => {
        const one = new SilenceDetector(STEP);
        show(one, before);
        const other = SilenceDetector.decode(one.encode());
        const from = before.length * STEP;
        expect(show(other, after, from)).toEqual(show(one, after, from));
        expect(other.encode()).toEqual(one.encode());
      }),
    );
  });

  it('refuses a foreign state, and points out of order', () => {
    expect(() => SilenceDetector.decode(new Uint8Array([1, 2, 3]))).toThrow(RangeError);
    const detector = new SilenceDetector(STEP);
    show(detector, [1]);
    expect(() => show(detector, [1])).toThrow('in order');
  });
});
