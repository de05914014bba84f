import { type Micros, SECOND } from '../time/micros.ts';

/** Thresholds of the burst rules; windows in event time. */
export interface HoldThresholds {
  /** FUL-FRAUD-USER: more than this many orders of one user and product within `userWindow` trigger. */
  userMoreThan: number;
  userWindow: Micros;
  /** FUL-FRAUD-USER: a trigger holds the orders of this long before it, too. At least `userWindow` makes sense. */
  userQuarantine: Micros;
  /** FUL-FRAUD-PROD: this many orders of one product within `productWindow` trigger. */
  productAtLeast: number;
  productWindow: Micros;
}

export const DEFAULT_THRESHOLDS: HoldThresholds = {
  userMoreThan: 5,
  userWindow: 10 * SECOND,
  userQuarantine: 15 * SECOND,
  productAtLeast: 4,
  productWindow: SECOND,
};
