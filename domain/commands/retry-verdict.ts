import type { BurstHold } from '../holds/burst-rules.ts';
import type { HoldThresholds } from '../holds/thresholds.ts';
import { validateOrder } from '../holds/validation.ts';
import type { OrderState } from '../order/fold.ts';
import type { OrderStatus } from '../order/status.ts';

/** What came of doing something again. */
export interface RetryVerdict {
  outcome: 'succeeded' | 'failed';
  /** For programs: what the reason says, in one word. */
  code: RetryCode;
  /** For people: short and plain. Goes into the audit and into Slack. */
  reason: string;
  /** For programs: the figures behind the reason. */
  details: Readonly<Record<string, unknown>>;
}

export type RetryCode =
  | 'ORDER_OVER'
  | 'ORDER_UNKNOWN'
  | 'VALID'
  | 'INVALID'
  | 'STOCK_ENOUGH'
  | 'STOCK_SHORT'
  | 'STOCK_UNTRACKED'
  | 'BURST_OVER'
  | 'BURST_REMAINS'
  | 'ARRIVAL_UNKNOWN'
  | 'HELD_ELSEWHERE'
  | 'RECORD_ACCEPTED'
  | 'RECORD_REJECTED'
  | 'RECORD_EMPTY'
  | 'RECORD_REFUSED'
  | 'TOPIC_UNKNOWN';

export function succeeded(
  code: RetryCode,
  reason: string,
  details: RetryVerdict['details'] = {},
): RetryVerdict {
  return { outcome: 'succeeded', code, reason, details };
}

export function failed(code: RetryCode, reason: string, details: RetryVerdict['details'] = {}): RetryVerdict {
  return { outcome: 'failed', code, reason, details };
}

const OVER: ReadonlySet<OrderStatus | null> = new Set(['SHIPPED', 'DELIVERED', 'CANCELED']);

/** An order that has left the house or is canceled cannot be held any more; null for one that can. */
export function verdictOnLife(state: Pick<OrderState, 'status'>): RetryVerdict | null {
  if (!OVER.has(state.status)) return null;
  const status = String(state.status);
  return succeeded('ORDER_OVER', `the order is ${status} already, nothing is left to hold`, { status });
}

/** FUL-VALID by what the order says now, corrections included. */
export function verdictOnValidity(state: Pick<OrderState, 'fields'>): RetryVerdict {
  const problems = validateOrder(state.fields);
  if (problems.length === 0) return succeeded('VALID', 'user and address are in order now');
  return failed('INVALID', problems.join('; '), { problems });
}

/**
 * FUL-INV by the stock there is now, in pieces.
 *
 * @param lines tracked ones, at least one. The details are those of the scarcest.
 */
export function verdictOnStock(
  lines: readonly { productId: string; available: number; quantity: number }[],
): RetryVerdict {
  const said = lines.map(({ available, quantity }) => `available ${available}, ordered ${quantity}`);
  const isOne = lines.length === 1;
  const reason = isOne ? said.join() : lines.map((line, i) => `${line.productId}: ${said[i]}`).join('; ');
  const scarcest = lines.toSorted((a, b) => a.available - a.quantity - (b.available - b.quantity))[0];
  const isEnough = scarcest === undefined || scarcest.available >= scarcest.quantity;
  const details = {
    ...(isOne ? {} : { product_id: scarcest?.productId }),
    available: scarcest?.available,
    quantity: scarcest?.quantity,
  };
  return isEnough ? succeeded('STOCK_ENOUGH', reason, details) : failed('STOCK_SHORT', reason, details);
}

/**
 * A burst rule by its present thresholds.
 *
 * @param burst what still asks for the hold; undefined: nothing
 */
export function verdictOnBurst(
  reason: BurstHold['reason'],
  burst: BurstHold | undefined,
  thresholds: HoldThresholds,
): RetryVerdict {
  const isUser = reason === 'FUL-FRAUD-USER';
  const windowSeconds = (isUser ? thresholds.userWindow : thresholds.productWindow) / 1e6;
  if (burst === undefined) return succeeded('BURST_OVER', 'it is no burst by the present thresholds');
  return failed(
    'BURST_REMAINS',
    `still a burst: ${burst.count} orders of one ${isUser ? 'user and product' : 'product'} within ${windowSeconds} s`,
    { count: burst.count, window_seconds: windowSeconds, trigger_order_id: burst.triggerOrderId },
  );
}

/** EXTERNAL is the other system's to clear. */
export function verdictOnExternal(evidence: Readonly<Record<string, unknown>>): RetryVerdict {
  const code = typeof evidence.reason_code === 'string' ? evidence.reason_code : null;
  return failed('HELD_ELSEWHERE', `held by another system: ${code ?? 'it gave no reason'}`, {
    reason_code: code,
  });
}
