import type { Micros } from '../time/micros.ts';

/**
 * What the numbers of a series are.
 *
 * - `COUNT`: how many in a step; nothing happening is a 0 that counts.
 * - `RATE`: part of a whole, such as cancellations of orders.
 * - `MEAN`: mean of measurements, such as seconds from order to delivery.
 * - `GAUGE`: a level that was read once, such as the riders there.
 */
export type SeriesKind = 'COUNT' | 'RATE' | 'MEAN' | 'GAUGE';

/** One step of a series. */
export interface SeriesPoint {
  /** Start of the step. */
  at: Micros;
  /** COUNT: the count. RATE: the numerator. MEAN: sum of the measurements. GAUGE: the value. */
  sum: number;
  /** RATE: the denominator. MEAN: how many were measured. COUNT and GAUGE: 1. 0: nothing is known of this step. */
  n: number;
  /** MEAN: sum of the squares, from which the spread of one measurement follows; null where it is not known. */
  squares: number | null;
}
