import { DAY, type Micros } from '../time/micros.ts';

const WEEK: Micros = 7 * DAY;
/** 1970 began on a Thursday. */
const FIRST_MONDAY: Micros = 4 * DAY;

/** Outcomes of so many horizons before the training are learnt from: older customers were other customers. */
const HORIZONS_LEARNT = 3;
/** Whoever has not ordered for so many horizons is gone, and no question any more. */
const ACTIVE_HORIZONS = 4;

/** The first Monday, 0:00 UTC, after `at`. */
export function nextMonday(at: Micros): Micros {
  return Math.floor((at - FIRST_MONDAY) / WEEK + 1) * WEEK + FIRST_MONDAY;
}

/** Moments whose outcome is known at `asOf`, the latest first. */
export function trainingMoments(asOf: Micros, horizon: Micros): Micros[] {
  return Array.from({ length: HORIZONS_LEARNT }, (_, i) => asOf - (i + 1) * horizon);
}

export function activeFor(horizon: Micros): Micros {
  return ACTIVE_HORIZONS * horizon;
}
