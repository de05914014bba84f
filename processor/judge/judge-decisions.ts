import type { HoldDecision } from '../../domain/decisions/hold-decision.ts';
import type { OrderState } from '../../domain/order/fold.ts';
import type { Connection } from '../../platform/database/database.ts';
import { redateAlerts } from '../sql/follow-holds.ts';
import { lockJudgement } from '../sql/lock-judgement.ts';
import { resolveDecidedAlerts } from '../sql/resolve-decided-alerts.ts';
import { upsertDecidedHolds } from '../sql/upsert-decided-holds.ts';
import type { FoldedBatch } from '../topics/orders/fold-batch.ts';
import { announce, type Regions, raiseHoldAlerts } from './announce.ts';
import { countByReason, regionsOf } from './judge.ts';
import { settleStock } from './settle-stock.ts';

export interface Decisions {
  /** The decided orders, folded. */
  batch: FoldedBatch;
  decisions: readonly HoldDecision[];
  /** Event ids of the decisions that are not repeated: stock follows a decision once. */
  fresh: ReadonlySet<string>;
}

/**
 * Has holds, alerts and stock follow decisions: an order that is released reserves its pieces again, or is held FUL-INV
 * when they are gone; a canceled one gives them back.
 *
 * @returns holds opened, by reason
 */
export async function judgeDecisions(
  connection: Connection,
  { batch, decisions, fresh }: Decisions,
): Promise<Record<string, number>> {
  await lockJudgement(connection);
  const regions = regionsOf(batch);
  await closeHolds(connection, decisions, regions);
  const released = decisions.filter(({ status, event }) => status === 'CLEARED' && fresh.has(event.eventId));
  const again = new Set(
    released.filter(({ reason }) => reason === 'FUL-INV').map(({ event }) => event.orderId),
  );
  const written = await settleStock(
    connection,
    statesDue(batch, again),
    new Map(released.map(({ event }) => [event.orderId, event.occurredAt])),
    again,
  );
  await announce(connection, written, regions);
  return countByReason(written);
}

async function closeHolds(
  connection: Connection,
  decisions: readonly HoldDecision[],
  regions: Regions,
): Promise<void> {
  const closed = await upsertDecidedHolds(connection, decisions);
  if (closed.length === 0) return;
  await raiseHoldAlerts(
    connection,
    closed.filter((hold) => hold.isNew),
    regions,
  );
  await redateAlerts(
    connection,
    closed.filter((hold) => !hold.isNew).map((hold) => hold.holdId),
  );
  const byHold = new Map(
    decisions.map((decision) => [keyOf(decision.event.orderId, decision.reason, decision.episode), decision]),
  );
  await resolveDecidedAlerts(
    connection,
    closed.flatMap(({ holdId, orderId, reason, episode }) => {
      const decision = byHold.get(keyOf(orderId, reason, episode));
      return decision === undefined ? [] : [{ holdId, decision }];
    }),
  );
}

function keyOf(orderId: string, reason: string, episode: number): string {
  return `${reason} ${episode} ${orderId}`;
}

/** Whoever is canceled by a decision, and whoever is let go in spite of a shortage: there may be enough by now. */
function statesDue(batch: FoldedBatch, again: ReadonlySet<string>): OrderState[] {
  const due = new Map(batch.stock.map((state) => [state.orderId, state]));
  for (const { state } of batch.writes) if (again.has(state.orderId)) due.set(state.orderId, state);
  return [...due.values()];
}
