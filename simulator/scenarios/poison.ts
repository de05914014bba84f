import { poisonRecords } from '../poison/poison-records.ts';
import type { ScenarioFactory } from './scenario-source.ts';

/** Records no producer should have sent; sometimes a handful at once, as when a producer has gone mad. */
export const poison: ScenarioFactory = (world, rng) => {
  let now = 0;
  const records = poisonRecords(rng, Number.POSITIVE_INFINITY, {
    prefix: `${world.prefix}X`,
    now: () => now,
    maxBytes: world.maxRecordBytes,
  })[Symbol.iterator]();
  return {
    scenario: 'poison',
    records: 1.6,
    incident(at, emit) {
      now = at;
      for (let left = rng.chance(0.1) ? rng.int(4, 9) : 1; left > 0; left--) {
        const next = records.next();
        if (!next.done) emit.poison(next.value, at + rng.int(0, 400));
      }
    },
  };
};
