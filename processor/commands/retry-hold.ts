import {
  failed,
  type RetryVerdict,
  verdictOnBurst,
  verdictOnExternal,
  verdictOnLife,
  verdictOnValidity,
} from '../../domain/commands/retry-verdict.ts';
import type { BurstHold } from '../../domain/holds/burst-rules.ts';
import type { HoldThresholds } from '../../domain/holds/thresholds.ts';
import type { OrderState } from '../../domain/order/fold.ts';
import type { Micros } from '../../domain/time/micros.ts';
import type { Connection } from '../../platform/database/database.ts';
import { announce } from '../judge/announce.ts';
import { settleStock } from '../judge/settle-stock.ts';
import { verdictOnShortage } from '../judge/shortages.ts';
import type { OpenCommand } from '../sql/actions.ts';
import { burstHolds } from '../sql/burst-holds.ts';
import { loadArrivals } from '../sql/load-arrivals.ts';
import { loadOrders } from '../sql/load-orders.ts';
import type { WrittenHold } from '../sql/upsert-holds.ts';
import { finishRetry } from './finish-retry.ts';

type HoldCommand = Extract<OpenCommand, { action: 'RETRY_HOLD' }>;

/**
 * Judges a held order anew, by what is known of it now, and lets it go if nothing speaks against it any more; its stock
 * follows. Under the judgement lock.
 *
 * @returns holds that this opened in turn: its pieces may be gone
 */
export async function retryHold(
  connection: Connection,
  command: HoldCommand,
  thresholds: HoldThresholds,
  now: Micros,
): Promise<WrittenHold[]> {
  const { orderId, reason } = command;
  const state = (await loadOrders(connection, [orderId])).get(orderId)?.state;
  const verdict = await verdictOn(connection, command, state, thresholds);
  const finished = await finishRetry(connection, command, verdict, now);
  if (!finished || verdict.outcome === 'failed' || state === undefined) return [];
  const again = reason === 'FUL-INV' ? [orderId] : [];
  const due = again.length > 0 ? [state] : [];
  const written = await settleStock(connection, due, new Map([[orderId, now]]), new Set(again));
  await announce(connection, written, new Map([[orderId, state.fields.region]]));
  return written;
}

async function verdictOn(
  connection: Connection,
  command: HoldCommand,
  state: OrderState | undefined,
  thresholds: HoldThresholds,
): Promise<RetryVerdict> {
  const { reason, evidence } = command;
  if (reason === 'EXTERNAL') return verdictOnExternal(evidence);
  if (state === undefined) return failed('ORDER_UNKNOWN', 'the order has no events here');
  const over = verdictOnLife(state);
  if (over !== null) return over;
  if (reason === 'FUL-VALID') return verdictOnValidity(state);
  if (reason === 'FUL-INV') return verdictOnShortage(connection, state);
  return verdictOnStoredBurst(connection, { ...command, reason }, state, thresholds);
}

async function verdictOnStoredBurst(
  connection: Connection,
  { orderId, reason, evidence }: HoldCommand & { reason: BurstHold['reason'] },
  state: OrderState,
  thresholds: HoldThresholds,
): Promise<RetryVerdict> {
  const productIds = [evidence.product_id, state.fields.productId].filter((id) => typeof id === 'string');
  const arrivals = await loadArrivals(connection, orderId, productIds);
  if (arrivals.length === 0)
    return failed(
      'ARRIVAL_UNKNOWN',
      'its arrival is not stored any more: release the hold or cancel the order',
    );
  const bursts = await burstHolds(connection, arrivals, thresholds);
  const own = bursts.find((burst) => burst.orderId === orderId && burst.reason === reason);
  return verdictOnBurst(reason, own, thresholds);
}
