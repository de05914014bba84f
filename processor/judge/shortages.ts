import { type RetryVerdict, succeeded, verdictOnStock } from '../../domain/commands/retry-verdict.ts';
import type { OrderState } from '../../domain/order/fold.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { changeAlert } from '../sql/change-alert.ts';
import { listShortages } from '../sql/list-shortages.ts';
import { loadOrders } from '../sql/load-orders.ts';
import { lockJudgement } from '../sql/lock-judgement.ts';
import { loadStock } from '../sql/stock.ts';
import { settleStock } from './settle-stock.ts';

/** Whether what an order asks for is there now. Under the judgement lock; takes nothing yet. */
export async function verdictOnShortage(connection: Connection, state: OrderState): Promise<RetryVerdict> {
  const { orderId, fields } = state;
  const { reservations, levels } = await loadStock(
    connection,
    [orderId],
    fields.productId === null ? [] : [fields.productId],
  );
  const reservation = reservations.get(orderId);
  const productId = fields.productId ?? reservation?.productId;
  const level = productId === undefined ? undefined : levels.get(productId);
  if (level === undefined) {
    return succeeded('STOCK_UNTRACKED', 'the stock of its product is not tracked', {
      product_id: productId ?? null,
    });
  }
  const own = reservation?.state === 'RESERVED' ? reservation.quantity : 0;
  return verdictOnStock(level.current - level.reserved + own, fields.quantity ?? 1);
}

/**
 * Stock of these products has come in: lets go the orders that were held for want of it, oldest first, as far as it
 * lasts. An order for which there is not enough does not keep a smaller one behind it waiting. Alerts on which a RETRY
 * is under way are left to that.
 *
 * @returns the orders that were let go
 */
export async function reevaluateShortages(
  connection: Connection,
  productIds: readonly string[],
  now: Micros,
): Promise<string[]> {
  await lockJudgement(connection);
  const waiting = await listShortages(connection, productIds);
  const orders = await loadOrders(
    connection,
    waiting.map((one) => one.orderId),
  );
  const released: string[] = [];
  for (const { orderId, alertId, alertVersion } of waiting) {
    const state = orders.get(orderId)?.state;
    if (state === undefined) continue;
    const verdict = await verdictOnShortage(connection, state);
    if (verdict.outcome === 'failed') continue;
    const note = `stock came in: ${verdict.reason}`;
    const change = { alertId, version: alertVersion, note, now } as const;
    if (!(await changeAlert(connection, { ...change, action: 'RESOLVE', decision: 'release' }))) continue;
    await settleStock(connection, [state], [orderId], new Set([orderId]));
    released.push(orderId);
  }
  return released;
}
