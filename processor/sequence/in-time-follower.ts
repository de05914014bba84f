import { DAY, type Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { judgePaidOrders } from '../sql/judge-paid-orders.ts';
import { readJudgedTo } from '../sql/read-judged-to.ts';
import type { Follower } from './follower.ts';

/** The first time there may be years: a statement for all of 10 million events took 42 s, a day of them 1.5 s. */
const AT_ONCE = DAY;

/**
 * Judges each paid order once, when event time has come to its limit: did it leave PAID in time? So a processor that is
 * behind makes no order late, and the counts never go back, which Prometheus would take for a restart.
 *
 * Keeps nothing in memory: what was judged is in the database, moved in the transaction that moves event time. A payment
 * that is heard of only after its limit is left out; nobody could have picked that order in time.
 */
export class InTimeFollower implements Follower {
  readonly name = 'in-time';
  private readonly lateAfter: Micros;
  private now: Micros | null = null;

  /** @param lateAfter how long an order may stay PAID */
  constructor(lateAfter: Micros) {
    this.lateAfter = lateAfter;
  }

  async restore(): Promise<void> {}

  advance(now: Micros): void {
    this.now = now;
  }

  observe(): void {}

  async persist(connection: Connection): Promise<void> {
    if (this.now === null) return;
    const { lateAfter } = this;
    const state = await readJudgedTo(connection);
    const due = this.now - lateAfter;
    let after = state.paidTo ?? due;
    // Also after a change to a longer limit, when nothing is due for a while: the limit itself is said at once.
    const isNew = state.lateAfter !== lateAfter;
    if (isNew && due <= after) await judgePaidOrders(connection, { after, upTo: after, lateAfter });
    while (after < due) {
      const upTo = Math.min(after + AT_ONCE, due);
      await judgePaidOrders(connection, { after, upTo, lateAfter });
      after = upTo;
    }
  }
}
