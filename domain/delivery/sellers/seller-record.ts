import type { Micros } from '../../time/micros.ts';
import { PreparationHistogram } from './preparation-histogram.ts';
import { emptySums, type ScoreSums } from './score-sums.ts';

/** All that is known of a seller. */
export interface SellerRecord {
  sellerId: string;
  sums: ScoreSums;
  /** Of the lines of approved orders, pieces x price. */
  revenue: number;
  /** Seconds from approval to hand-over: their mean, and the sum of squared deviations from it (Welford). */
  preparationMean: number;
  preparationM2: number;
  histogram: PreparationHistogram;
  /** What came in the month that begins then. */
  month: Micros;
  monthSums: ScoreSums;
  /** Event time of the last restock warning. */
  warnedAt: Micros | null;
  /** Whether what it warned of still holds. */
  warningOpen: boolean;
  /** Event time of the last change. */
  updatedAt: Micros;
}

export function newSeller(sellerId: string, month: Micros): SellerRecord {
  return {
    sellerId,
    sums: emptySums(),
    revenue: 0,
    preparationMean: 0,
    preparationM2: 0,
    histogram: new PreparationHistogram(),
    month,
    monthSums: emptySums(),
    warnedAt: null,
    warningOpen: false,
    updatedAt: month,
  };
}

/**
 * Adds a preparation to mean and spread. Source: B. P. Welford, "Note on a method for calculating corrected sums of
 * squares and products", Technometrics 4 (1962). Its count is `sums.preparations`, raised by the caller before.
 */
export function addPreparation(record: SellerRecord, seconds: number): void {
  const deviation = seconds - record.preparationMean;
  record.preparationMean += deviation / record.sums.preparations;
  record.preparationM2 += deviation * (seconds - record.preparationMean);
  record.histogram.add(seconds);
}
