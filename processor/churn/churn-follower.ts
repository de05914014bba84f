import { nextMonday } from '../../domain/churn/churn-schedule.ts';
import { promotionResult } from '../../domain/churn/promotion.ts';
import type { Milestone } from '../../domain/delivery/milestone.ts';
import { DAY, type Micros } from '../../domain/time/micros.ts';
import type { ChurnConfig } from '../../platform/config/churn.ts';
import type { Connection } from '../../platform/database/database.ts';
import type { Follower } from '../sequence/follower.ts';
import { readLearntState } from '../sequence/sql/read-learnt-state.ts';
import { upsertLearntStates } from '../sequence/sql/upsert-learnt-states.ts';
import { ChurnRun, type ChurnRunState } from './churn-run.ts';
import { customerMilestone } from './customer-milestone.ts';
import { type CustomerMilestone, insertCustomerFacts } from './sql/insert-customer-facts.ts';
import { runningPromotions, trackPromotions, writePromotionResult } from './sql/promotions.ts';

const NAME = 'churn';

/** Rows in one statement. */
const MOST_ROWS = 2000;
/** Customers that one pass learns from and looks at, about: some tenths of a second. The others wait for the next passes. */
const CUSTOMERS_A_PASS = 8000;

interface ChurnState {
  /** The next training; null: nobody has ordered yet. */
  next: Micros | null;
  run: ChurnRunState | null;
  /** Customers of the last run. */
  customers: number;
  /** Up to here re-orders have been counted. */
  trackedTo: Micros | null;
}

/**
 * Each Monday of event time: trains the model on customers as they were and what came, judges the one of a horizon ago,
 * looks at every customer, and promotes to those who are likely to stay away. Each day: counts who came back.
 */
export class ChurnFollower implements Follower {
  readonly name = 'churn';
  private readonly config: ChurnConfig;
  private state: ChurnState = { next: null, run: null, customers: 0, trackedTo: null };
  private facts: CustomerMilestone[] = [];
  private now: Micros | null = null;
  private saved = '';

  constructor(config: ChurnConfig) {
    this.config = config;
  }

  async restore(connection: Connection): Promise<void> {
    const state = (await readLearntState(connection, NAME)).get('state') as ChurnState | undefined;
    if (state !== undefined) this.state = state;
  }

  advance(now: Micros): void {
    this.now = now;
  }

  observe(milestone: Milestone): void {
    const fact = customerMilestone(milestone);
    if (fact === null) return;
    this.facts.push(fact);
    if (fact.kind === 'ORDERED') this.state.next ??= nextMonday(fact.at);
  }

  async persist(connection: Connection): Promise<void> {
    const { now, facts } = this;
    if (now === null) return;
    this.facts = [];
    for (let from = 0; from < facts.length; from += MOST_ROWS) {
      await insertCustomerFacts(connection, facts.slice(from, from + MOST_ROWS));
    }
    const hasFinished = await this.look(connection, now);
    await this.track(connection, Math.floor(now / DAY) * DAY, hasFinished);
    const json = JSON.stringify(this.state);
    if (json === this.saved) return;
    await upsertLearntStates(connection, { name: NAME, states: [['state', json]], at: now });
    this.saved = json;
  }

  /**
   * Goes on with the run under way, and begins those whose time has come: all of them, in their order, however late.
   *
   * @returns whether one was finished
   */
  private async look(connection: Connection, now: Micros): Promise<boolean> {
    const { state, config } = this;
    let hasFinished = false;
    for (let left = CUSTOMERS_A_PASS; left > 0; ) {
      if (state.run === null) {
        if (state.next === null || state.next > now) break;
        const begun = await ChurnRun.begin(connection, config, state.next, state.customers);
        state.run = begun.state;
        left -= begun.examples;
      }
      const run = new ChurnRun(config, state.run);
      left -= await run.goOn(connection, Math.max(1, left));
      if (!run.isOver) break;
      await run.promote(connection);
      state.next = nextMonday(run.state.asOf);
      state.customers = run.state.customers;
      state.run = null;
      hasFinished = true;
    }
    return hasFinished;
  }

  private async track(connection: Connection, today: Micros, hasFinished: boolean): Promise<void> {
    const { trackedTo } = this.state;
    if (trackedTo !== null && trackedTo >= today && !hasFinished) return;
    await trackPromotions(connection, today);
    for (const counts of await runningPromotions(connection)) {
      const over = counts.endsAt <= today;
      await writePromotionResult(connection, counts.promotionId, promotionResult(counts), over);
    }
    this.state.trackedTo = today;
  }
}
