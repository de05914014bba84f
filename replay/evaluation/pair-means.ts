import type { FollowedOrder } from '../../domain/delivery/milestone.ts';

/** Mean durations by the states of seller and customer: what a prediction has to beat. */
export class PairMeans {
  private readonly sums = new Map<string, { count: number; seconds: number }>();

  observe(order: FollowedOrder, seconds: number): void {
    for (const pair of [pairOf(order), 'all']) {
      const sum = this.sums.get(pair) ?? { count: 0, seconds: 0 };
      this.sums.set(pair, { count: sum.count + 1, seconds: sum.seconds + seconds });
    }
  }

  /** That of all orders for a pair without any; null before the first. */
  mean(order: FollowedOrder): number | null {
    const sum = this.sums.get(pairOf(order)) ?? this.sums.get('all');
    return sum === undefined ? null : sum.seconds / sum.count;
  }
}

function pairOf({ from, to }: FollowedOrder): string {
  return `${from.state}>${to.state}`;
}
