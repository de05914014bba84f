import { describe, expect, it } from 'vitest';
import { scoreEvents } from '../../bench/anomaly/simulation/score-events.ts';
import { type SeriesShape, STEP, simulateSeries } from '../../bench/anomaly/simulation/series.ts';
import { CHANGES } from '../../bench/anomaly/simulation/suite.ts';
import { Prng } from '../../simulator/timing/prng.ts';
import { DAY, HOUR, type Micros } from '../time/micros.ts';
import { SeriesDetector } from './series-detector.ts';
import type { SeriesKind, SeriesPoint } from './series-point.ts';
import type { Verdict } from './verdict.ts';

const MONDAY: Micros = 1_704_067_200_000_000;
const DAYS = DAY / STEP;

const COUNT_OF_30: SeriesShape = {
  kind: 'COUNT',
  level: 30,
  exposure: 1,
  dispersion: 0.02,
  drift: 0,
  daily: 0.8,
};

/** Points of a flat series from a number for each step; null for one that is left out. */
function pointsOf(values: readonly (number | null)[], n = 1): SeriesPoint[] {
  return values.flatMap((sum, i) => (sum === null ? [] : [{ at: MONDAY + i * STEP, sum, n, squares: null }]));
}

function run(kind: SeriesKind, points: readonly SeriesPoint[]): Verdict[] {
  const detector = new SeriesDetector(kind, STEP);
  return points.map((point) => detector.observe(point));
}

/** So many Poisson numbers. */
function poisson(count: number, mean: number, seed: string): number[] {
  const random = new Prng(seed);
  return Array.from({ length: count }, () => random.poisson(mean));
}

describe('SeriesDetector', () => {
  it('finds three of four changes of counts, with less than half a false alarm a week', () => {
    const scores = ['a', 'b', 'c'].map((seed) => {
      const series = simulateSeries(
        COUNT_OF_30,
        { days: 35, quietDays: 14, changes: CHANGES },
        new Prng(`counts/${seed}`),
      );
      return scoreEvents('COUNT', series, 14);
    });
    const events = scores.flatMap((score) => score.events);
    const weeks = scores.reduce((sum, score) => sum + score.weeks, 0);
    const alarms = scores.reduce((sum, score) => sum + score.falseAlarms, 0);
    expect(events.length).toBeGreaterThan(30);
    expect(events.filter(({ found }) => found).length / events.length).toBeGreaterThan(0.75);
    expect(alarms / weeks).toBeLessThan(0.5);
  });

  it('finds every outage within three steps', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e']) {
      const values = [...poisson(3 * DAYS, 20, seed), 0, 0, 0];
      const verdicts = run('COUNT', pointsOf(values));
      const last = verdicts.at(-1)!;
      expect(last).toMatchObject({ anomalous: true, severity: 'critical', observed: 0 });
      expect(last.deviation).toBeLessThan(-5);
      expect(last.expected).toBeGreaterThan(15);
    }
  });

  it('calls 1 of 2 no incident, and 20 of 40 one', () => {
    const random = new Prng('few');
    const usual = Array.from({ length: 3 * DAYS }, (_, i) => {
      const n = random.poisson(3);
      const sum = Array.from({ length: n }, () => random.chance(0.03)).filter(Boolean).length;
      return { at: MONDAY + i * STEP, sum, n, squares: null };
    });
    const then = (sum: number, n: number) =>
      run('RATE', [...usual, { at: MONDAY + 3 * DAY, sum, n, squares: null }]).at(-1)!;
    expect(then(1, 2).anomalous).toBe(false);
    expect(then(2, 2).anomalous).toBe(false);
    expect(then(20, 40)).toMatchObject({ anomalous: true, severity: 'critical', observed: 0.5 });
  });

  it('says nothing of the first steps, and has a wide band on the first day', () => {
    const verdicts = run('COUNT', pointsOf(poisson(3 * DAYS, 20, 'young')));
    for (const verdict of verdicts.slice(0, 12)) {
      expect(verdict).toMatchObject({ expected: null, low: null, high: null, score: 0, anomalous: false });
    }
    const width = ({ low, high }: Verdict) => high! - low!;
    expect(width(verdicts[20]!)).toBeGreaterThan(1.5 * width(verdicts.at(-1)!));
  });

  it('knows the hours of the day on the second day', () => {
    const shape = { ...COUNT_OF_30, level: 50 };
    const { points } = simulateSeries(shape, { days: 2, quietDays: 0, changes: [] }, new Prng('hours'));
    const second = run('COUNT', points).slice(DAYS);
    const deviation = second.map(({ observed, expected }) => Math.abs(observed! - expected!));
    const error = deviation.reduce((sum, value) => sum + value) / deviation.length;
    expect(error).toBeLessThan(0.3 * 50);
    expect(second.filter(({ anomalous }) => anomalous)).toEqual([]);
  });

  it('has a band that one step in some hundreds leaves', () => {
    const { points } = simulateSeries(COUNT_OF_30, { days: 28, quietDays: 0, changes: [] }, new Prng('band'));
    const verdicts = run('COUNT', points).slice(14 * DAYS);
    const outside = verdicts.filter(({ observed, low, high }) => observed! < low! || observed! > high!);
    expect(outside.length / verdicts.length).toBeLessThan(0.01);
  });

  it('takes what is left out, or has no number, for unknown and not for nothing', () => {
    const values: (number | null)[] = [...poisson(2 * DAYS, 20, 'gap'), ...Array(40).fill(null)];
    const verdicts = run('COUNT', pointsOf([...values, 21, 19, 20]));
    expect(verdicts.slice(-3).every(({ anomalous }) => !anomalous)).toBe(true);
    const unknown = pointsOf(poisson(DAYS, 20, 'nan')).concat({
      at: MONDAY + DAY,
      sum: Number.NaN,
      n: 1,
      squares: null,
    });
    expect(run('COUNT', unknown).at(-1)).toMatchObject({ observed: null, low: null, anomalous: false });
  });

  it('gives up an anomaly soon after it is over, although the long windows still hold it', () => {
    const values = [...poisson(3 * DAYS, 20, 'over'), ...Array(24).fill(0), ...poisson(36, 20, 'after')];
    const after = run('COUNT', pointsOf(values)).slice(-36);
    expect(after.findIndex(({ anomalous }) => !anomalous)).toBeLessThan(4);
    expect(after.slice(4).filter(({ anomalous }) => anomalous)).toEqual([]);
  });

  it('takes what lasts for the new usual after some days', () => {
    const values = [...poisson(10 * DAYS, 20, 'old'), ...poisson(5 * DAYS, 50, 'new')];
    const verdicts = run('COUNT', pointsOf(values));
    const at = (day: number) => verdicts.slice(day * DAYS, (day + 1) * DAYS);
    expect(at(10).filter(({ anomalous }) => anomalous).length).toBeGreaterThan(0.9 * DAYS);
    expect(at(14).filter(({ anomalous }) => anomalous)).toEqual([]);
  });

  it('weighs a mean by how many measurements it has', () => {
    const shape: SeriesShape = { ...COUNT_OF_30, kind: 'MEAN', level: 1800, exposure: 20, dispersion: 0.2 };
    const { points } = simulateSeries(shape, { days: 7, quietDays: 0, changes: [] }, new Prng('means'));
    const then = (n: number) => ({ at: MONDAY + 7 * DAY, sum: 3600 * n, n, squares: 3600 ** 2 * n * 1.2 });
    expect(run('MEAN', [...points, then(1)]).at(-1)!.anomalous).toBe(false);
    expect(run('MEAN', [...points, then(20)]).at(-1)).toMatchObject({
      anomalous: true,
      severity: 'critical',
    });
  });

  it('refuses points out of order and a step of no length', () => {
    const detector = new SeriesDetector('GAUGE', HOUR);
    detector.observe({ at: MONDAY, sum: 1, n: 1, squares: null });
    expect(() => detector.observe({ at: MONDAY, sum: 1, n: 1, squares: null })).toThrow(/in order/);
    expect(() => new SeriesDetector('GAUGE', 0)).toThrow(RangeError);
  });

  it('refuses state that is not its own', () => {
    const bytes = new SeriesDetector('COUNT', STEP).encode();
    expect(() => SeriesDetector.decode(bytes.slice(0, 50))).toThrow(/too early/);
    expect(() => SeriesDetector.decode(Uint8Array.from([...bytes, 0]))).toThrow(/left over/);
    expect(() => SeriesDetector.decode(Uint8Array.from([99, 0]))).toThrow(/format 99/);
  });
});
