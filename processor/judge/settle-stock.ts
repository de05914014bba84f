import type { OrderState } from '../../domain/order/fold.ts';
import { stockDueAt } from '../../domain/order/lifecycle.ts';
import { decideStock, type Reservation, type StockOrder } from '../../domain/stock/decide.ts';
import type { Connection } from '../../platform/database/database.ts';
import { type NextEpisode, nextEpisodes } from '../sql/next-episodes.ts';
import { loadStock, writeReservations, writeStockLevels } from '../sql/stock.ts';
import { type HoldRequest, upsertHolds, type WrittenHold } from '../sql/upsert-holds.ts';

/**
 * Judges and reserves the stock of the orders that came due, and moves the reservations of those whose holds opened or
 * closed. Under the judgement lock, so that two batches cannot both take the last piece.
 *
 * @param changedHolds orders on which a hold was written in this batch
 * @param again orders among `due` whose shortage somebody has decided anew
 * @returns FUL-INV holds that are new or changed
 */
export async function settleStock(
  connection: Connection,
  due: readonly OrderState[],
  changedHolds: readonly string[],
  again: ReadonlySet<string> = new Set(),
): Promise<WrittenHold[]> {
  const orderIds = [...new Set([...due.map((state) => state.orderId), ...changedHolds])];
  if (orderIds.length === 0) return [];
  const productIds = new Set(due.flatMap((state) => state.fields.productId ?? []));
  const { reservations, held, levels } = await loadStock(connection, orderIds, [...productIds]);
  if (levels.size === 0) return [];

  const states = new Map(due.map((state) => [state.orderId, state]));
  const orders = orderIds.map((orderId) => ({
    ...stockOrder(orderId, states.get(orderId), reservations.get(orderId) ?? null),
    held: held.has(orderId),
    again: again.has(orderId),
  }));
  const decisions = decideStock(orders, levels);
  await writeReservations(connection, decisions.reservations);
  await writeStockLevels(
    connection,
    decisions.changedProducts.flatMap((productId) => {
      const level = levels.get(productId);
      return level === undefined ? [] : [{ productId, level }];
    }),
  );
  // Its pieces were there once and are gone: not the shortage that somebody may have closed before.
  const relapses = decisions.shortages.filter((one) => reservations.get(one.orderId)?.outcome === 'ENOUGH');
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

function stockOrder(
  orderId: string,
  state: OrderState | undefined,
  reservation: Reservation | null,
): Omit<StockOrder, 'held' | 'again'> {
  const dueAt = state === undefined ? null : stockDueAt(state.stageTimes);
  const productId = state?.fields.productId ?? null;
  return {
    orderId,
    demand:
      state === undefined || dueAt === null || productId === null
        ? null
        : { productId, quantity: state.fields.quantity ?? 1, dueAt },
    shipped: state?.stageTimes.SHIPPED !== undefined || state?.stageTimes.DELIVERED !== undefined,
    canceled: state?.stageTimes.CANCELED !== undefined,
    reservation,
  };
}

function shortageRequest(reservation: Reservation, next: NextEpisode | undefined): HoldRequest {
  return {
    orderId: reservation.orderId,
    reason: 'FUL-INV',
    episode: next?.episode ?? 1,
    openedAt: Math.max(reservation.dueAt, next?.notBefore ?? reservation.dueAt),
    evidence: {
      product_id: reservation.productId,
      quantity: reservation.quantity,
      available: reservation.availableSeen,
    },
  };
}
