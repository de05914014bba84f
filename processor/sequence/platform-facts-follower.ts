import type { Milestone } from '../../domain/delivery/milestone.ts';
import { type OrderFact, orderFact } from '../../domain/platform/order-fact.ts';
import type { Connection } from '../../platform/database/database.ts';
import type { Follower } from './follower.ts';
import { insertOrderFacts } from './sql/insert-order-facts.ts';

/** Rows in one statement: a slice of years of history has tens of thousands. */
const MOST_ROWS = 5000;

/** Keeps a row for each milestone of an order, for what is counted by region and restaurant. Remembers nothing else. */
export class PlatformFactsFollower implements Follower {
  readonly name = 'platform-facts';
  private facts: OrderFact[] = [];

  async restore(): Promise<void> {}

  advance(): void {}

  observe(milestone: Milestone): void {
    this.facts.push(orderFact(milestone));
  }

  async persist(connection: Connection): Promise<void> {
    const { facts } = this;
    this.facts = [];
    for (let from = 0; from < facts.length; from += MOST_ROWS)
      await insertOrderFacts(connection, facts.slice(from, from + MOST_ROWS));
  }
}
