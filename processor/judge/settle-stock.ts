import { openingEvent, orderEvent } from '../../domain/inventory/stock-event.ts';
import type { OrderState } from '../../domain/order/fold.ts';
import {
  decideStock,
  type Reservation,
  type StockDecisions,
  type StockOrder,
  shortLines,
} from '../../domain/stock/decide.ts';
import { stockDemand } from '../../domain/stock/demand.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { dropReservations } from '../sql/drop-reservations.ts';
import { loadStock, type StockView } from '../sql/load-stock.ts';
import { type NextEpisode, nextEpisodes } from '../sql/next-episodes.ts';
import { type HoldRequest, upsertHolds, type WrittenHold } from '../sql/upsert-holds.ts';
import { writeStock } from '../sql/write-stock.ts';

/** Orders on which a hold opened or closed, with when it did. */
export type TurnedOrders = ReadonlyMap<string, Micros>;

/**
 * Judges and reserves the stock of the orders that came due, and moves the reservations of those whose holds opened or
 * closed. Under the judgement lock, so that two batches cannot both take the last piece.
 *
 * @param turned orders on which a hold was written in this batch
 * @param again orders among `due` whose shortage somebody has decided anew
 * @returns FUL-INV holds that are new or changed
 */
export async function settleStock(
  connection: Connection,
  due: readonly OrderState[],
  turned: TurnedOrders,
  again: ReadonlySet<string> = new Set(),
): Promise<WrittenHold[]> {
  const orderIds = [...new Set([...due.map((state) => state.orderId), ...turned.keys()])];
  if (orderIds.length === 0) return [];
  const states = new Map(due.map((state) => [state.orderId, state]));
  const demands = new Map(due.map((state) => [state.orderId, stockDemand(state)]));
  const asked = [...demands.values()].flatMap((demand) => demand?.lines ?? []);
  const productIds = new Set(asked.map((line) => line.productId));
  const view = await loadStock(connection, orderIds, [...productIds]);
  if (view.levels.size === 0) return [];

  const orders = orderIds.map((orderId): StockOrder => {
    const { SHIPPED, DELIVERED, CANCELED } = states.get(orderId)?.stageTimes ?? {};
    return {
      orderId,
      demand: demands.get(orderId) ?? null,
      shippedAt: SHIPPED ?? DELIVERED ?? null,
      canceledAt: CANCELED ?? null,
      held: view.held.has(orderId),
      turnedAt: turned.get(orderId) ?? null,
      again: again.has(orderId),
      reservation: view.reservations.get(orderId) ?? null,
    };
  });
  const decisions = decideStock(orders, view.levels);
  await writeDecisions(connection, decisions, view);
  // Its pieces were there once and are gone: not the shortage that somebody may have closed before.
  const relapses = decisions.shortages.filter(
    (one) => view.reservations.get(one.orderId)?.outcome === 'ENOUGH',
  );
  const episodes = await nextEpisodes(
    connection,
    'FUL-INV',
    relapses.map((one) => one.orderId),
  );
  return upsertHolds(
    connection,
    decisions.shortages.map((one) => shortageRequest(one, episodes.get(one.orderId))),
  );
}

async function writeDecisions(
  connection: Connection,
  { reservations, replaced, movements }: StockDecisions,
  { levels, unopened }: StockView,
): Promise<void> {
  const moved = new Set(movements.map((movement) => movement.productId));
  const changed = [...moved].flatMap((productId) => {
    const level = levels.get(productId);
    return level === undefined ? [] : [{ productId, level }];
  });
  const openings = [...unopened].filter(([productId]) => moved.has(productId));
  await dropReservations(connection, replaced);
  await writeStock(connection, {
    reservations,
    levels: changed,
    events: [
      ...openings.map(([productId, pieces]) => openingEvent(productId, pieces)),
      ...movements.map(orderEvent),
    ],
  });
}

function shortageRequest(reservation: Reservation, next: NextEpisode | undefined): HoldRequest {
  const short = shortLines(reservation).map(({ productId, quantity, availableSeen }) => ({
    product_id: productId,
    quantity,
    available: availableSeen,
  }));
  return {
    orderId: reservation.orderId,
    reason: 'FUL-INV',
    episode: next?.episode ?? 1,
    openedAt: Math.max(reservation.dueAt, next?.notBefore ?? reservation.dueAt),
    evidence: { ...short[0], ...(short.length > 1 ? { short } : {}) },
  };
}
