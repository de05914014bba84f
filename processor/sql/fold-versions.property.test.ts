import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FIELD_NAMES } from '../../domain/order/event.ts';
import type { EventVersion } from '../../domain/order/event-order.ts';
import type { OrderState } from '../../domain/order/fold.ts';
import { decodeVersions, type EncodedVersions, encodeVersions } from './fold-versions.ts';

const version: fc.Arbitrary<EventVersion> = fc.tuple(
  fc.integer({ min: 946_684_800_000_000, max: 2 ** 53 }),
  fc.integer({ min: -1, max: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.nat({ max: 2 ** 52 - 1 }),
);

/** States whose values come from a few events, as in life; copies of a version are other objects. */
const state = fc.array(version, { minLength: 1, maxLength: 5 }).chain((versions) => {
  const one = fc.constantFrom(...versions).map((v): EventVersion => [...v]);
  const maybe = fc.option(one);
  return fc.record({
    lastVersion: one,
    statusVersion: maybe,
    versions: fc.record(Object.fromEntries(FIELD_NAMES.map((name) => [name, maybe]))),
    invalid: fc.option(
      fc.record({ version: one, problems: fc.array(fc.string(), { minLength: 1, maxLength: 3 }) }),
    ),
  });
}) as unknown as fc.Arbitrary<OrderState>;

it('comes back from the database as it was written', () => {
  fc.assert(
    fc.property(state, (before) => {
      const stored = JSON.parse(JSON.stringify(encodeVersions(before))) as EncodedVersions;
      expect(decodeVersions(stored)).toEqual({
        lastVersion: before.lastVersion,
        statusVersion: before.statusVersion,
        versions: before.versions,
        invalid: before.invalid,
      });
    }),
    { numRuns: 1_000 },
  );
});

it('names each version once', () => {
  fc.assert(
    fc.property(state, (before) => {
      const [versions] = encodeVersions(before);
      expect(new Set(versions.map((one) => JSON.stringify(one))).size).toBe(versions.length);
    }),
  );
});

it('refuses a column that does not name the last event', () => {
  expect(() => decodeVersions([[], [-1, -1]])).toThrow('fold_versions');
});
