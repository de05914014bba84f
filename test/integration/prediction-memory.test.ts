import { expect, test } from 'vitest';
import type { Milestone } from '../../domain/delivery/milestone.ts';
import { LatenessModel } from '../../domain/delivery/risk/lateness-model.ts';
import { RouteBook } from '../../domain/delivery/routes/route-book.ts';
import { FINE_LEVELS } from '../../domain/delivery/routes/route-levels.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Memory } from '../../processor/sequence/delivery-follower.ts';
import { riskMemory } from '../../processor/sequence/risk-memory.ts';
import { routesMemory } from '../../processor/sequence/routes-memory.ts';
import { freshDatabase } from '../support/database.ts';
import { madeUpDeliveries } from '../support/made-up-deliveries.ts';
import { processorDatabase } from '../support/orders-processor.ts';

/** A route book and a model, with what they said so far. */
class Learner {
  readonly routes: RouteBook;
  readonly model = new LatenessModel();
  readonly memories: readonly Memory[];
  readonly said: unknown[] = [];

  constructor(routes: RouteBook) {
    this.routes = routes;
    this.memories = [routesMemory(routes), riskMemory(this.model)];
  }

  follow(milestones: readonly Milestone[]): void {
    for (const { kind, at, order } of milestones) {
      this.model.advance(at);
      if (kind === 'HANDED_OVER') this.said.push(this.model.assess(order, 'HAND_OVER'), this.lead(order));
      if (kind !== 'DELIVERED') continue;
      this.model.learn(order);
      this.routes.observe(order);
    }
  }

  private lead({ from, to, lines }: Milestone['order']): unknown {
    const estimate = this.routes.estimate({
      from,
      to,
      category: lines[0]?.category ?? null,
      weightG: null,
      volumeCm3: null,
    });
    if (estimate === null) return null;
    const { quantileSeconds, ...rest } = estimate;
    return { ...rest, median: quantileSeconds(0.5) };
  }
}

test('routes and the model go on after a restart, wherever it comes, as if they had never stopped', async () => {
  const db = processorDatabase((await freshDatabase()).url);
  const restore = ({ memories }: Learner) =>
    inTransaction(db, async (connection) => {
      for (const memory of memories) await memory.restore(connection);
    });
  const prepare = ({ memories }: Learner, milestones: readonly Milestone[]) =>
    inTransaction(db, async (connection) => {
      const orders = milestones.map(({ order }) => order);
      for (const memory of memories) await memory.prepare?.(connection, orders);
    });
  const persist = ({ memories }: Learner) =>
    inTransaction(db, async (connection) => {
      for (const memory of memories) await memory.persist(connection);
    });
  const history = madeUpDeliveries({ seed: 'memory', orders: 200, days: 60 });
  const never = new Learner(new RouteBook());
  never.follow(history);

  const said: unknown[] = [];
  // The first restart comes right after the first delivery, before anything was fitted.
  const firstDelivery = history.findIndex(({ kind }) => kind === 'DELIVERED') + 1;
  const stops = [firstDelivery, 150, 151, 300, 450, history.length];
  for (const [i, to] of stops.entries()) {
    const learner = new Learner(new RouteBook(FINE_LEVELS));
    await restore(learner);
    await prepare(learner, history.slice(stops[i - 1] ?? 0, to));
    const half = Math.floor(((stops[i - 1] ?? 0) + to) / 2);
    learner.follow(history.slice(stops[i - 1] ?? 0, half));
    await persist(learner);
    learner.follow(history.slice(half, to));
    await persist(learner);
    said.push(...learner.said);
  }

  expect(said).toEqual(never.said);
  expect(said.filter((one) => one !== null).length).toBeGreaterThan(200);
  const restored = new Learner(new RouteBook(FINE_LEVELS));
  await restore(restored);
  expect(restored.model.state()).toEqual(never.model.state());
});
