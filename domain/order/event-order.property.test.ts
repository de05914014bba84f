import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareEvents } from '../../test/support/oracle/event-order.ts';
import { acceptedEvents } from '../../test/support/traffic/states.ts';
import { compareVersions, versionOf } from './event-order.ts';

it('sorts events as the brute-force oracle does', () => {
  fc.assert(
    fc.property(acceptedEvents, (events) => {
      const versions = events.map(versionOf).sort(compareVersions);
      expect(versions).toEqual([...events].sort(compareEvents).map(versionOf));
    }),
    { numRuns: 300 },
  );
});

it('is a total order: antisymmetric and transitive', () => {
  fc.assert(
    fc.property(acceptedEvents, fc.nat(), fc.nat(), fc.nat(), (events, i, j, k) => {
      fc.pre(events.length > 0);
      const [a, b, c] = [i, j, k].map((n) => versionOf(events[n % events.length]!)) as [never, never, never];
      expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
        expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 300 },
  );
});
