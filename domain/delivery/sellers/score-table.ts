import type { Micros } from '../../time/micros.ts';
import { startOfMonth, startOfNextDay } from '../calendar.ts';
import { isEmpty } from './score-sums.ts';
import type { SellerBook } from './seller-book.ts';
import { type ScoreSettings, type SellerScore, scoreSellers } from './seller-score.ts';

/** How a seller stands in a month: so far, or, when `asOf` is the month's end, for good. */
export interface MonthlyScore extends SellerScore {
  /** Its first instant, UTC. */
  month: Micros;
  asOf: Micros;
  /** Since the beginning. */
  orders: number;
  /** In this month. */
  monthOrders: number;
  breaches: number;
  /** By what came in this month alone, shrunk towards the mean of this month; null: nothing came. */
  monthScore: number | null;
  /** Among those with enough orders in this month; 1 is the seller of the month. Null: too few. */
  monthRank: number | null;
}

/**
 * Scores all sellers at the end of each day (UTC) in event time, and so of each month. The score itself is of all that
 * is known by then; a day on which nothing was learnt, and a month in which nothing happened, get none.
 */
export class ScoreTable {
  private readonly settings: ScoreSettings;
  private readonly book: SellerBook;
  /** The next end of a day; null before the first milestone. */
  private due: Micros | null = null;
  private rows = new Map<string, MonthlyScore>();

  constructor(book: SellerBook, settings: ScoreSettings) {
    this.book = book;
    this.settings = settings;
  }

  /** When the next scores are due; null: nothing has been learnt since the last ones. */
  dueAt(): Micros | null {
    return this.due;
  }

  /** To be called before the book learns from what happened at `now`. */
  expect(now: Micros): void {
    this.due ??= startOfNextDay(now);
  }

  /** Makes the scores that are due, of the day that ends then. */
  score(): void {
    if (this.due === null) return;
    const asOf = this.due;
    this.due = null;
    for (const row of scoresOf(this.book, asOf, this.settings)) {
      this.rows.set(`${row.month}/${row.sellerId}`, row);
    }
  }

  /** The latest scores of each month and seller since the last call. */
  changed(): MonthlyScore[] {
    const rows = [...this.rows.values()];
    this.rows = new Map();
    return rows;
  }

  /** @param due as {@link dueAt} said */
  restore(due: Micros | null): void {
    this.due = due;
  }
}

/** The scores of the month that `asOf` lies in or ends. */
export function scoresOf(book: SellerBook, asOf: Micros, settings: ScoreSettings): MonthlyScore[] {
  const month = startOfMonth(asOf - 1);
  const sums = book.allSums(month);
  const known = [...sums].filter(([, of]) => !isEmpty(of.total));
  const total = scoreSellers(new Map(known.map(([id, of]) => [id, of.total])), settings);
  const inMonth = new Map([...sums].filter(([, of]) => !isEmpty(of.month)).map(([id, of]) => [id, of.month]));
  if (inMonth.size === 0) return [];
  const ofMonth = new Map(scoreSellers(inMonth, settings).map((score) => [score.sellerId, score]));
  const contenders = [...ofMonth.values()].filter(
    ({ sellerId }) => (inMonth.get(sellerId)?.orders ?? 0) >= settings.monthMinimum,
  );
  const monthRanks = ranksAmong(contenders);
  return total.map((score) => {
    const { total: all, month: own } = sums.get(score.sellerId)!;
    return {
      ...score,
      month,
      asOf,
      orders: all.orders,
      monthOrders: own.orders,
      breaches: own.breaches,
      monthScore: ofMonth.get(score.sellerId)?.score ?? null,
      monthRank: monthRanks.get(score.sellerId) ?? null,
    };
  });
}

/** Ranks of these, best first, among each other; equal scores share one. */
function ranksAmong(best: readonly SellerScore[]): Map<string, number> {
  let rank = 0;
  return new Map(
    best.map(({ sellerId, score }, index) => {
      if (index === 0 || score !== best[index - 1]?.score) rank = index + 1;
      return [sellerId, rank];
    }),
  );
}
