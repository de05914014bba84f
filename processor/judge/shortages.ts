import { type RetryVerdict, succeeded, verdictOnStock } from '../../domain/commands/retry-verdict.ts';
import type { OrderState } from '../../domain/order/fold.ts';
import type { StockLevel } from '../../domain/stock/decide.ts';
import { type StockLine, stockLines } from '../../domain/stock/demand.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { changeAlerts } from '../sql/change-alert.ts';
import { listShortages, type Shortage } from '../sql/list-shortages.ts';
import { loadOrders } from '../sql/load-orders.ts';
import { loadStock, type StockView } from '../sql/load-stock.ts';
import { lockJudgement } from '../sql/lock-judgement.ts';
import { settleStock } from './settle-stock.ts';

/** Whether what an order asks for is there now. Under the judgement lock; takes nothing yet. */
export async function verdictOnShortage(connection: Connection, state: OrderState): Promise<RetryVerdict> {
  const asked = stockLines(state.fields).map((line) => line.productId);
  return verdictFrom(state, await loadStock(connection, [state.orderId], asked));
}

function verdictFrom(state: OrderState, { reservations, levels }: StockView): RetryVerdict {
  const known = reservations.get(state.orderId);
  const now = stockLines(state.fields);
  const asked: readonly StockLine[] = now.length > 0 ? now : (known?.lines ?? []);
  const tracked = asked.flatMap((line) => {
    const level = levels.get(line.productId);
    if (level === undefined) return [];
    const own = known?.lines.find(({ productId }) => productId === line.productId)?.quantity ?? 0;
    const available = level.current - level.reserved + (known?.state === 'RESERVED' ? own : 0);
    return [{ ...line, available }];
  });
  if (tracked.length > 0) return verdictOnStock(tracked);
  return succeeded('STOCK_UNTRACKED', 'the stock of its product is not tracked', {
    product_id: asked[0]?.productId ?? null,
  });
}

/**
 * Stock of these products has come in: lets go the orders that were held for want of it, oldest first, as far as it
 * lasts. An order for which there is not enough does not keep a smaller one behind it waiting. Alerts on which a RETRY
 * is under way are left to that.
 *
 * @param now when it came in
 * @returns the orders that were let go
 */
export async function reevaluateShortages(
  connection: Connection,
  productIds: readonly string[],
  now: Micros,
): Promise<string[]> {
  await lockJudgement(connection);
  const waiting = await listShortages(connection, productIds);
  if (waiting.length === 0) return [];
  const orderIds = waiting.map((one) => one.orderId);
  const orders = await loadOrders(connection, orderIds);
  const states = new Map([...orders].map(([orderId, { state }]) => [orderId, state]));
  const asked = [...states.values()].flatMap((state) => stockLines(state.fields));
  const view = await loadStock(connection, orderIds, [...new Set(asked.map((line) => line.productId))]);
  const served = serve(waiting, states, view);
  const done = await changeAlerts(connection, {
    action: 'RESOLVE',
    alerts: served.map(({ alertId, alertVersion }) => ({ alertId, version: alertVersion })),
    note: 'stock came in',
    decision: 'release',
    now,
  });
  const released = served.filter(({ alertId }) => done.has(alertId)).map(({ orderId }) => orderId);
  const due = released.flatMap((orderId) => states.get(orderId) ?? []);
  const turned = new Map(released.map((orderId) => [orderId, now]));
  await settleStock(connection, due, turned, new Set(released));
  return released;
}

/** Those for which there is enough when it is given out in this order. */
function serve(
  waiting: readonly Shortage[],
  states: ReadonlyMap<string, OrderState>,
  view: StockView,
): Shortage[] {
  const levels = new Map<string, StockLevel>([...view.levels].map(([id, level]) => [id, { ...level }]));
  return waiting.filter((one) => {
    const state = states.get(one.orderId);
    if (state === undefined) return false;
    if (verdictFrom(state, { ...view, levels }).outcome === 'failed') return false;
    if (one.heldOtherwise) return true;
    for (const { productId, quantity } of stockLines(state.fields)) {
      const level = levels.get(productId);
      if (level !== undefined) level.reserved += quantity;
    }
    return true;
  });
}
