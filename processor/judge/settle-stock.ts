import type { OrderState } from '../../domain/order/fold.ts';
import { stockDueAt } from '../../domain/order/lifecycle.ts';
import { decideStock, type Reservation, type StockOrder } from '../../domain/stock/decide.ts';
import type { Connection } from '../../platform/database/database.ts';
import { loadStock, writeReservations, writeStockLevels } from '../sql/stock.ts';
import { type HoldRequest, upsertHolds, type WrittenHold } from '../sql/upsert-holds.ts';

/**
 * Judges and reserves the stock of the orders that came due, and moves the reservations of those whose holds opened or
 * closed. Under the judgement lock, so that two batches cannot both take the last piece.
 *
 * @param changedHolds orders on which a hold was written in this batch
 * @returns FUL-INV holds that are new or changed
 */
export async function settleStock(
  connection: Connection,
  due: readonly OrderState[],
  changedHolds: readonly string[],
): Promise<WrittenHold[]> {
  const orderIds = [...new Set([...due.map((state) => state.orderId), ...changedHolds])];
  if (orderIds.length === 0) return [];
  const productIds = new Set(due.flatMap((state) => state.fields.productId ?? []));
  const { reservations, held, levels } = await loadStock(connection, orderIds, [...productIds]);
  if (levels.size === 0) return [];

  const states = new Map(due.map((state) => [state.orderId, state]));
  const orders = orderIds.map((orderId) =>
    stockOrder(orderId, states.get(orderId), reservations.get(orderId) ?? null, held.has(orderId)),
  );
  const decisions = decideStock(orders, levels);
  await writeReservations(connection, decisions.reservations);
  await writeStockLevels(
    connection,
    decisions.changedProducts.flatMap((productId) => {
      const level = levels.get(productId);
      return level === undefined ? [] : [{ productId, level }];
    }),
  );
  return upsertHolds(connection, decisions.shortages.map(shortageRequest));
}

function stockOrder(
  orderId: string,
  state: OrderState | undefined,
  reservation: Reservation | null,
  held: boolean,
): StockOrder {
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
    held,
    reservation,
  };
}

function shortageRequest(reservation: Reservation): HoldRequest {
  return {
    orderId: reservation.orderId,
    reason: 'FUL-INV',
    openedAt: reservation.dueAt,
    evidence: {
      product_id: reservation.productId,
      quantity: reservation.quantity,
      available: reservation.availableSeen,
    },
  };
}
