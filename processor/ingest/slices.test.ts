import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { KafkaRecord } from './kafka-record.ts';
import { slices } from './slices.ts';

function record(offset: number, bytes: number | null): KafkaRecord {
  const value = bytes === null ? null : Buffer.alloc(bytes);
  return { offset, timestampMs: 0, key: null, value, headers: {} };
}

const records = fc
  .array(fc.option(fc.nat({ max: 40 })))
  .map((sizes) => sizes.map((size, offset) => record(offset, size)));

it('cuts into runs within both limits, that are all of it', () => {
  fc.assert(
    fc.property(
      records,
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 100 }),
      (all, most, bytes) => {
        const runs = [...slices(all, most, bytes)];
        expect(runs.flat()).toEqual(all);
        for (const [index, run] of runs.entries()) {
          const size = run.reduce((sum, one) => sum + (one.value?.length ?? 0), 0);
          expect(run.length).toBeGreaterThan(0);
          expect(run.length).toBeLessThanOrEqual(most);
          if (run.length > 1) expect(size).toBeLessThanOrEqual(bytes);
          const next = runs[index + 1]?.[0]?.value?.length ?? 0;
          if (index + 1 < runs.length) expect(run.length === most || size + next > bytes).toBe(true);
        }
      },
    ),
  );
});

it('keeps what a fetch can unpack to below the longest string', () => {
  const value = Buffer.alloc(1024 * 1024);
  const unpacked = Array.from({ length: 600 }, (_, offset) => ({ ...record(offset, 0), value }));
  const runs = [...slices(unpacked, 5_000)];
  expect(Math.max(...runs.map((run) => run.length))).toBe(16);
});
