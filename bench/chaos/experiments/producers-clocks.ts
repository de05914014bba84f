import type { Experiment } from '../experiment.ts';
import { shiftTimes } from '../stage/shift-times.ts';

const HOUR_MS = 3_600_000;
/** Of the time of the load: from, to, and how far the clock is off. */
const JUMPS = [
  { what: 'producer two hours ahead', from: 0.2, to: 0.35, offsetMs: 2 * HOUR_MS },
  { what: 'producer two days ahead: absurd, to be rejected', from: 0.35, to: 0.5, offsetMs: 48 * HOUR_MS },
  { what: 'producer a year behind', from: 0.5, to: 0.65, offsetMs: -365 * 24 * HOUR_MS },
] as const;

export const producersClocks: Experiment = {
  name: 'producers-clocks',
  does: "the producer's clock jumps: two hours ahead, two days ahead, a year behind",
  traffic: (ordinary, { start, seconds }) =>
    ordinary.map((record) => {
      const share = (record.at - start) / (seconds * 1_000);
      const jump = JUMPS.find(({ from, to }) => share >= from && share < to);
      return jump === undefined ? record : { ...record, value: shiftTimes(record.value, jump.offsetMs) };
    }),
  disturb: async ({ seconds, fault, wait }) => {
    for (const { what, from, to } of JUMPS) await fault(what, () => wait(seconds * (to - from)));
  },
};
