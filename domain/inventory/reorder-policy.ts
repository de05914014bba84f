import { normalQuantile } from '../delivery/statistics/normal.ts';
import type { DemandEstimate } from './daily-sales.ts';

export interface ReorderSettings {
  /** From an order to the supplier until its pieces are there, where the catalogue does not say. Days. */
  leadTimeDays: number;
  /** Share of lead times in which the stock is to last, 0 to 1. */
  serviceLevel: number;
  /** Days over which sales are averaged. */
  windowDays: number;
  /** An order is to last so many days beyond the reorder point. */
  coverDays: number;
  /** False: demand is estimated, and nothing ordered. */
  automatic: boolean;
}

export interface StockTarget {
  /** Pieces. */
  safetyStock: number;
  /** Pieces. Order when the position is at or below it. */
  reorderPoint: number;
}

/** So much less than a whole number is rounding, not a piece. */
const ROUNDING = 1e-9;

/** What a message and the database can say. An order of a billion pieces is possible, if not likely. */
const MOST_PIECES = 2_147_483_647;

/** Rounded up, and no more than can be said; never -0. */
const wholePieces = (pieces: number): number => Math.min(MOST_PIECES, Math.ceil(pieces - ROUNDING)) + 0;

/**
 * Safety stock = z x sd of daily demand x sqrt(lead time), reorder point = mean daily demand x lead time + safety stock,
 * in whole pieces, rounded up; z is the quantile of the normal distribution at the service level.
 *
 * Source: E. A. Silver, D. F. Pyke, D. J. Thomas, "Inventory and Production Management in Supply Chains", 4th edition
 * (2017), chapter 6: order point of continuous review with a given probability of no stockout in a lead time, which is
 * taken as fixed.
 */
export function stockTarget(
  { mean, sd }: DemandEstimate,
  leadTimeDays: number,
  serviceLevel: number,
): StockTarget {
  const z = Math.max(0, normalQuantile(serviceLevel));
  const safetyStock = wholePieces(z * sd * Math.sqrt(leadTimeDays));
  return { safetyStock, reorderPoint: wholePieces(wholePieces(mean * leadTimeDays) + safetyStock) };
}

/**
 * How many pieces to order: none above the reorder point, else as many as lift the position to it and cover some days, up
 * to 2,147,483,647; what is wanted beyond that is ordered at the next sale.
 *
 * @param position pieces at hand and on order, less those that customers wait for
 */
export function orderQuantity(
  position: number,
  { reorderPoint }: StockTarget,
  mean: number,
  coverDays: number,
): number {
  if (position > reorderPoint) return 0;
  return wholePieces(reorderPoint - position + Math.max(1, wholePieces(mean * coverDays)));
}
