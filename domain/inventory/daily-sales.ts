/** Pieces sold by day (UTC, days since 1970-01-01), as far back as the window reaches. */
export type DailySales = Map<number, number>;

export interface DemandEstimate {
  /** Pieces a day. */
  mean: number;
  /** Standard deviation of a day's pieces. */
  sd: number;
}

export function addSale(sales: DailySales, day: number, pieces: number): void {
  sales.set(day, (sales.get(day) ?? 0) + pieces);
}

/**
 * Mean and standard deviation of daily sales over a sliding window: the last `window` days (at least 2) up to and
 * including `today`, days without a sale as 0. Days before a product's first sale count as well: a product that sold
 * once yesterday does not sell one a day. Forgets what lies before the window.
 */
export function estimateDemand(sales: DailySales, today: number, window: number): DemandEstimate {
  let sum = 0;
  let squares = 0;
  for (const [day, pieces] of sales) {
    if (day <= today - window) sales.delete(day);
    else if (day <= today) {
      sum += pieces;
      squares += pieces * pieces;
    }
  }
  const mean = sum / window;
  return { mean, sd: Math.sqrt(Math.max(0, squares - sum * mean) / (window - 1)) };
}
