import {
  allocateReceipts,
  type FilledReplenishment,
  type OpenReplenishment,
} from '../../domain/inventory/allocate-receipts.ts';
import { REPLENISHMENT_PREFIX } from '../../domain/inventory/plan.ts';
import { reorderClosing } from '../../domain/inventory/reorder-messages.ts';
import type { StockEvent } from '../../domain/inventory/stock-event.ts';
import type { Connection } from '../../platform/database/database.ts';
import { adjustStock } from '../sql/adjust-stock.ts';
import { answeredAlerts } from '../sql/answered-alerts.ts';
import { closeAlerts } from '../sql/close-alerts.ts';
import { fillReplenishments, openReplenishments } from '../sql/replenishments.ts';

/**
 * Finds the orders to the supplier that new events answer, closes those that are complete, and notes for the planner
 * which pieces came and went otherwise. Pieces that name an order of the planner never count as others: in a database
 * that is being built anew they may come before it.
 */
export async function answerReplenishments(
  connection: Connection,
  events: readonly StockEvent[],
): Promise<void> {
  const arrived = events.filter(({ type }) => type === 'RECEIVED');
  const open =
    arrived.length === 0
      ? []
      : await openReplenishments(connection, [...new Set(arrived.map((one) => one.productId))]);
  const named = allocateReceipts(arrived.filter(isNamed), open);
  const left = open.map((one) => named.find(({ actionId }) => actionId === one.actionId) ?? one);
  const others = allocateReceipts(
    arrived.filter((one) => !isNamed(one)),
    left,
  );
  await close(connection, [...named.filter((one) => !isIn(one, others)), ...others]);
  await adjustStock(connection, unplanned(events, others, left));
}

function isNamed({ orderId }: StockEvent): boolean {
  return orderId?.startsWith(REPLENISHMENT_PREFIX) === true;
}

function isIn({ actionId }: FilledReplenishment, list: readonly FilledReplenishment[]): boolean {
  return list.some((one) => one.actionId === actionId);
}

async function close(connection: Connection, filled: readonly FilledReplenishment[]): Promise<void> {
  const complete = await fillReplenishments(connection, filled);
  await closeAlerts(connection, (await answeredAlerts(connection, complete)).map(reorderClosing));
}

/** Pieces by product that are neither an order's nor an answer to the planner. */
function unplanned(
  events: readonly StockEvent[],
  answers: readonly FilledReplenishment[],
  before: readonly OpenReplenishment[],
): Map<string, number> {
  const pieces = new Map<string, number>();
  const add = (productId: string, change: number) =>
    pieces.set(productId, (pieces.get(productId) ?? 0) + change);
  for (const event of events) if (!isNamed(event)) add(event.productId, event.currentDelta);
  const received = new Map(before.map((one) => [one.actionId, one.received]));
  for (const one of answers) add(one.productId, (received.get(one.actionId) ?? 0) - one.received);
  return pieces;
}
