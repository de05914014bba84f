import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type OffsetsAt, recordAges } from './record-ages.ts';

const NOW = 1_800_000_000_000;

/** A broker with these timestamps (ms, rising) in each partition. */
function broker(partitions: readonly (readonly number[])[]): {
  offsetsAt: OffsetsAt;
  requests: () => number;
} {
  let requests = 0;
  return {
    requests: () => requests,
    offsetsAt: async (timestamp) => {
      requests += 1;
      return new Map(
        partitions.map((timestamps, partition) => {
          const found = timestamps.findIndex((one) => one >= timestamp);
          return [partition, found === -1 ? timestamps.length : found];
        }),
      );
    },
  };
}

it('finds the age of the record at the position, never too little', async () => {
  const ages = fc.array(fc.integer({ min: 0, max: 300_000_000_000 }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.array(ages, { minLength: 1, maxLength: 4 }), fc.nat(), async (partitions, pick) => {
      const timestamps = partitions.map((one) => one.map((age) => NOW - age).toSorted((a, b) => a - b));
      const behind = timestamps.map((one, partition) => ({ partition, next: pick % one.length }));
      const found = await recordAges(behind, NOW, broker(timestamps).offsetsAt);
      for (const { partition, next } of behind) {
        const age = (NOW - (timestamps[partition]?.[next] ?? 0)) / 1000;
        expect(found.get(partition)).toBeGreaterThanOrEqual(Math.min(age, found.get(partition) ?? 0));
        expect(found.get(partition)).toBeGreaterThanOrEqual(age - 0.001);
        expect(found.get(partition)).toBeLessThanOrEqual(Math.max(1, age / 0.95 + 0.002));
      }
    }),
  );
});

it('asks once for all partitions while they are less than a second behind', async () => {
  const { offsetsAt, requests } = broker([[NOW - 200], [NOW - 900]]);
  const behind = [0, 1].map((partition) => ({ partition, next: 0 }));
  expect(await recordAges(behind, NOW, offsetsAt)).toEqual(
    new Map([
      [0, 1],
      [1, 1],
    ]),
  );
  expect(requests()).toBe(1);
});

it('asks nothing when nothing waits', async () => {
  const { offsetsAt, requests } = broker([]);
  expect(await recordAges([], NOW, offsetsAt)).toEqual(new Map());
  expect(requests()).toBe(0);
});

it('takes a record of the future for a new one, and one from before 1970 for a very old one', async () => {
  const { offsetsAt } = broker([[NOW + 5000], [-1e12]]);
  const behind = [0, 1].map((partition) => ({ partition, next: 0 }));
  const found = await recordAges(behind, NOW, offsetsAt);
  expect(found.get(0)).toBe(1);
  expect(found.get(1)).toBeGreaterThan(2e9);
});
