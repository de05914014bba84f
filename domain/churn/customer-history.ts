import { DAY, type Micros } from '../time/micros.ts';

/** What is known of a customer at a moment. */
export interface CustomerHistory {
  customerId: string;
  /** Of the last order. */
  region: string | null;
  /** Placed, whatever became of them; at least one. */
  orders: number;
  firstAt: Micros;
  lastAt: Micros;
  /** Mean amount of an order, in the currency of the orders; null: none said one. */
  meanValue: number | null;
  /** Delivered after the promised time. */
  late: number;
  /** Canceled by somebody else than the customer. */
  refusals: number;
}

/** A customer as of a moment, and whether they ordered within the horizon after it. */
export interface ChurnExample {
  history: CustomerHistory;
  asOf: Micros;
  churned: boolean;
}

/** Mean time between orders; null with a single one. */
export function meanGap({ orders, firstAt, lastAt }: CustomerHistory): Micros | null {
  return orders < 2 ? null : (lastAt - firstAt) / (orders - 1);
}

export function inDays(time: Micros): number {
  return time / DAY;
}
