import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeriesPoint } from '../detection/series-point.ts';
import { DAY } from '../time/micros.ts';
import type { NamedPoint } from './points-of-step.ts';
import { parseSeriesKey } from './series-key.ts';
import { SeriesMonitor } from './series-monitor.ts';
import { SNAPSHOT_EVERY } from './snapshot-slots.ts';
import type { SeriesState } from './watched-series.ts';

const STEP = 300_000_000;
const KEYS = [
  'orders|region=north',
  'orders|region=south',
  'heartbeats|restaurant=m1',
  'orders|restaurant=m1',
  'riders_online|region=north',
  'refusal_rate|restaurant=m1',
  'prep_seconds|restaurant=m1',
];

/** What was heard in a step: nothing, or numbers some of which are far off. */
const heard = fc.array(
  fc.record({ key: fc.constantFrom(...KEYS), sum: fc.integer({ min: 9, max: 11 }), isWild: fc.boolean() }),
  { maxLength: KEYS.length },
);
const course = fc.array(
  fc.record({
    heard,
    /** Whether m1 opens or closes; null: neither. */
    door: fc.option(fc.boolean(), { freq: 2 }),
    dies: fc.boolean(),
    length: fc.integer({ min: 1, max: 9 }),
  }),
  {
    minLength: 20,
    maxLength: 50,
  },
);

/** So long it is quiet, so that what comes then is unusual. */
const BEGINNING = Array.from({ length: 30 }, () => ({
  heard: KEYS.map((key) => ({ key, sum: 10, isWild: false })),
  door: null as boolean | null,
  dies: false,
  length: 7,
}));

function pointsOf(said: readonly { key: string; sum: number; isWild: boolean }[], at: number): NamedPoint[] {
  const unique = new Map(said.map((one) => [one.key, one]));
  return [...unique.values()].map(({ key, sum, isWild }) => {
    const n = key.startsWith('refusal') ? 60 : key.startsWith('prep') ? 3 : 1;
    const value = isWild ? (key.startsWith('refusal') ? n : sum * 50) : sum;
    return { key, name: parseSeriesKey(key), point: { at, sum: value, n, squares: null } };
  });
}

/** The database: states as they were stored last, points of all steps. */
class Stored {
  readonly states = new Map<string, SeriesState>();
  readonly points = new Map<string, SeriesPoint[]>();
  private closed: readonly string[] = [];

  keep(monitor: SeriesMonitor, from: number, to: number, all = false): void {
    this.closed = monitor.takeClosed() ?? this.closed;
    for (const key of monitor.takeForgotten()) this.states.delete(key);
    for (const state of monitor.takeStates(from, to, all)) this.states.set(state.key, state);
  }

  restored(observedTo: number): SeriesMonitor {
    const monitor = new SeriesMonitor(STEP);
    const since = observedTo - SNAPSHOT_EVERY * STEP;
    const points = [...this.points].map(
      ([key, own]) => [key, own.filter((point) => point.at >= since)] as const,
    );
    monitor.restore([...this.states.values()], new Map(points), { since, observedTo }, this.closed);
    return monitor;
  }
}

describe('SeriesMonitor', () => {
  it('goes on after any death as if it had never died', () => {
    fc.assert(
      fc.property(course, (later) => {
        const immortal = new SeriesMonitor(STEP);
        let mortal = new SeriesMonitor(STEP);
        const stored = new Stored();
        let at = 0;
        let savedTo = 0;
        for (const { heard: said, door, dies, length } of [...BEGINNING, ...later]) {
          const points = pointsOf(said, at);
          const doors = new Map(door === null ? [] : [['m1', door]]);
          const judged = mortal.observe(at, points, doors);
          expect(judged).toEqual(immortal.observe(at, points, doors));
          for (const { key, point } of judged.points)
            stored.points.set(key, [...(stored.points.get(key) ?? []), point]);
          at += STEP;
          if ((at - savedTo) / STEP >= length) {
            stored.keep(mortal, savedTo, at);
            savedTo = at;
            if (dies) mortal = stored.restored(at);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('expects nothing of a restaurant that has closed, until it opens or its system is heard of', () => {
    const monitor = new SeriesMonitor(STEP);
    const key = 'heartbeats|restaurant=m1';
    const beat = [{ key, sum: 1, isWild: false }];
    let at = 0;
    const observe = (said: typeof beat, door?: boolean) => {
      const judged = monitor.observe(
        at,
        pointsOf(said, at),
        new Map(door === undefined ? [] : [['m1', door]]),
      );
      at += STEP;
      return { n: judged.points.find((one) => one.key === key)?.point.n, open: judged.open.length };
    };
    for (let step = 0; step < 600; step += 1) observe(beat);
    expect(observe([], false)).toEqual({ n: 0, open: 0 });
    for (let step = 0; step < 50; step += 1) expect(observe([])).toEqual({ n: 0, open: 0 });
    expect(observe(beat)).toEqual({ n: 1, open: 0 });
    expect(observe([], false).n).toBe(0);
    expect(observe([], true).n).toBe(1);
    for (let step = 0; step < 4; step += 1) observe([]);
    expect(observe([]).open).toBe(1);
  });

  it('forgets what was not heard of for four weeks, and takes it for new when it is back', () => {
    const monitor = new SeriesMonitor(STEP);
    const say = (at: number, key: string) =>
      monitor.observe(at, pointsOf([{ key, sum: 3, isWild: false }], at));
    say(0, 'orders|region=north');
    say(STEP, 'heartbeats|restaurant=m1');
    expect(monitor.size).toBe(2);
    const later = 28 * DAY + STEP;
    expect(say(later, 'heartbeats|restaurant=m1').verdicts.size).toBe(1);
    expect(monitor.takeForgotten()).toEqual(['orders|region=north']);
    expect(say(later + STEP, 'orders|region=north').verdicts.get('orders|region=north')?.expected).toBeNull();
  });

  it('learns anew what another version has stored, and forgets what is in the catalogue no more', () => {
    const monitor = new SeriesMonitor(STEP);
    const state = { detector: new Uint8Array([99]), tracker: new Uint8Array(), observedTo: 0, seenAt: 0 };
    const keys = ['orders|region=north', 'moons|region=north'];
    monitor.restore(
      keys.map((key) => ({ ...state, key })),
      new Map(),
      { since: -STEP, observedTo: 0 },
    );
    expect(monitor.size).toBe(0);
    expect(monitor.takeForgotten()).toEqual(keys);
  });
});
