import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../time/micros.ts';
import type { Finding } from './finding.ts';
import { FindingTracker } from './finding-tracker.ts';
import type { Verdict } from './verdict.ts';

const STEP = 5 * MINUTE;

function verdict(step: number, deviation: number, more: Partial<Verdict> = {}): Verdict {
  const anomalous = Math.abs(deviation) >= 4;
  return {
    at: step * STEP,
    observed: 10 + deviation,
    expected: 10,
    low: 7,
    high: 13,
    score: anomalous ? 0.8 : 0.1,
    deviation,
    steps: 1,
    anomalous,
    severity: anomalous ? 'warning' : null,
    ...more,
  };
}

const tracker = () => new FindingTracker('orders|region=Mapo-gu', STEP);

describe('FindingTracker', () => {
  it('makes one finding of the steps that deviate, from the start of the window that showed it', () => {
    const orders = tracker();
    expect(orders.observe(verdict(0, 0.5))).toEqual([]);
    const [begun] = orders.observe(verdict(1, -5, { steps: 3, observed: 4 }));
    expect(begun).toMatchObject({
      findingId: `orders|region=Mapo-gu@${-1 * STEP}`,
      startedAt: -1 * STEP,
      noticedAt: STEP,
      endedAt: null,
      direction: 'DOWN',
      severity: 'warning',
      observed: 4,
      expected: 10,
      steps: 1,
    });
    const [worse] = orders.observe(verdict(2, -8, { severity: 'critical', observed: 1 }));
    expect(worse).toMatchObject({ severity: 'critical', observed: 5, expected: 20, steps: 2 });
    expect(worse!.peak.deviation).toBe(-8);
    const [better] = orders.observe(verdict(3, -5));
    expect(better!.peak.deviation).toBe(-8);
    expect(better!.severity).toBe('critical');
  });

  it('ends after three quiet steps, at the end of the last one that deviated', () => {
    const orders = tracker();
    orders.observe(verdict(1, 6));
    for (const step of [2, 3]) expect(orders.observe(verdict(step, 0))[0]!.endedAt).toBeNull();
    expect(orders.observe(verdict(4, 0))[0]!.endedAt).toBe(2 * STEP);
    expect(orders.open).toBeNull();
    expect(orders.observe(verdict(5, 0))).toEqual([]);
  });

  it('goes on with one that comes back before', () => {
    const orders = tracker();
    const [first] = orders.observe(verdict(1, 6));
    orders.observe(verdict(2, 0));
    orders.observe(verdict(3, 0));
    expect(orders.observe(verdict(4, 6))[0]!.findingId).toBe(first!.findingId);
    expect(orders.observe(verdict(5, 0))[0]!.endedAt).toBeNull();
  });

  it('tells a drop after a rise from the rise', () => {
    const orders = tracker();
    orders.observe(verdict(1, 6));
    const changed = orders.observe(verdict(2, -6));
    expect(changed.map(({ direction, endedAt }) => [direction, endedAt])).toEqual([
      ['UP', 2 * STEP],
      ['DOWN', null],
    ]);
  });

  it('sums only what is known', () => {
    const orders = tracker();
    orders.observe(verdict(1, -6, { observed: 4 }));
    const [gone] = orders.observe(verdict(2, -6, { observed: null, low: null, high: null }));
    expect(gone).toMatchObject({ observed: 4, expected: 10, steps: 1 });
  });

  it('hands out copies', () => {
    const orders = tracker();
    const [first] = orders.observe(verdict(1, 6, { observed: 16 }));
    orders.observe(verdict(2, 6, { observed: 16 }));
    expect(first!.observed).toBe(16);
    expect(orders.open!.observed).toBe(32);
  });

  it('begins no finding before the end of the one before, whose name it would have', () => {
    const orders = tracker();
    const [first] = orders.observe(verdict(3, -5, { steps: 3 }));
    for (const step of [4, 5, 6]) orders.observe(verdict(step, 0));
    // The steps 1 to 7 together deviate again.
    const [second] = orders.observe(verdict(7, -5, { steps: 7 }));
    expect(first!.startedAt).toBe(STEP);
    expect(second).toMatchObject({
      findingId: `orders|region=Mapo-gu@${4 * STEP}`,
      startedAt: 4 * STEP,
      noticedAt: 7 * STEP,
    });
  });

  it('findings of a series never overlap, and each has a name of its own, whoever goes on with it', () => {
    const steps = fc.array(
      fc.record({
        deviation: fc.constantFrom(-9, -5, 0, 0, 5, 9),
        steps: fc.integer({ min: 1, max: 12 }),
        restarts: fc.boolean(),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        let [restarted, plain] = [tracker(), tracker()];
        const found = new Map<string, Finding>();
        for (const [at, { deviation, steps, restarts }] of all.entries()) {
          if (restarts) restarted = FindingTracker.decode(restarted.encode());
          const changed = restarted.observe(verdict(at, deviation, { steps }));
          expect(plain.observe(verdict(at, deviation, { steps }))).toEqual(changed);
          for (const finding of changed) {
            expect(found.get(finding.findingId)?.noticedAt ?? finding.noticedAt).toBe(finding.noticedAt);
            found.set(finding.findingId, finding);
          }
        }
        const inOrder = [...found.values()];
        for (const [i, { startedAt }] of inOrder.entries())
          if (i > 0) expect(startedAt).toBeGreaterThanOrEqual(inOrder[i - 1]!.endedAt!);
      }),
    );
  });
});
