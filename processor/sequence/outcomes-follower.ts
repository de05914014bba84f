import type { Milestone } from '../../domain/delivery/milestone.ts';
import { type DeliveryOutcome, deliveryOutcome } from '../../domain/delivery/outcome.ts';
import type { Connection } from '../../platform/database/database.ts';
import type { Follower } from './follower.ts';
import { insertOutcomes } from './sql/insert-outcomes.ts';

/** Keeps a row for each order that was delivered. Remembers nothing else. */
export class OutcomesFollower implements Follower {
  readonly name = 'outcomes';
  private outcomes: DeliveryOutcome[] = [];

  async restore(): Promise<void> {}

  advance(): void {}

  observe(milestone: Milestone): void {
    if (milestone.kind === 'DELIVERED') this.outcomes.push(deliveryOutcome(milestone));
  }

  async persist(connection: Connection): Promise<void> {
    await insertOutcomes(connection, this.outcomes);
    this.outcomes = [];
  }
}
