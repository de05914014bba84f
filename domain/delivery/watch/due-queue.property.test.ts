import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DueQueue } from './due-queue.ts';

it('gives back what is due first, whatever was put in and taken out before', () => {
  const step = fc.oneof(
    fc.record({ at: fc.integer({ min: 0, max: 9 }), key: fc.constantFrom('a', 'b', '\uff5e', '😀') }),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const queue = new DueQueue();
      let plain: { at: number; key: string }[] = [];
      for (const entry of [...steps, ...steps.map(() => null)]) {
        if (entry === null) {
          plain = plain.toSorted(
            (a, b) => a.at - b.at || Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)),
          );
          expect(queue.peek()).toEqual(plain[0] ?? null);
          expect(queue.pop()).toEqual(plain.shift() ?? null);
        } else {
          queue.push(entry.at, entry.key);
          plain.push(entry);
        }
        expect(queue.size).toBe(plain.length);
        const until = plain.filter(({ at }) => at <= 4).map(({ key }) => key);
        expect([...queue.keysUntil(4)].toSorted()).toEqual(until.toSorted());
      }
    }),
    { numRuns: 500 },
  );
});
