/** What the score of a seller is made of: counts, and sums of values from 0 to 1. All of them only ever grow. */
export interface ScoreSums {
  /** Approved. An order of several sellers counts for each. */
  orders: number;
  /** Orders handed over after they were approved. */
  preparations: number;
  /** Sum of the speed of each preparation, see `speedOf`. */
  speedSum: number;
  /** Delivered orders that had a promised date. */
  deliveries: number;
  /** Of those, delivered after it. */
  late: number;
  reviews: number;
  /** Sum of 1 to 5. */
  reviewSum: number;
  /** Preparations that took longer than was agreed. */
  breaches: number;
}

export function emptySums(): ScoreSums {
  return {
    orders: 0,
    preparations: 0,
    speedSum: 0,
    deliveries: 0,
    late: 0,
    reviews: 0,
    reviewSum: 0,
    breaches: 0,
  };
}

/** Adds what is given to the sums. */
export function addTo(sums: ScoreSums, more: Partial<ScoreSums>): void {
  for (const [name, value] of Object.entries(more) as [keyof ScoreSums, number][]) sums[name] += value;
}

/** Whether anything was ever added. */
export function isEmpty(sums: ScoreSums): boolean {
  return Object.values(sums).every((value) => value === 0);
}
