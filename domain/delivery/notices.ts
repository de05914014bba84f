import { formatIso8601 } from '../time/iso8601.ts';
import type { DeliveryRisk } from './watch/assessment.ts';

/** Who is told of a delay before it happens. */
export const NOTICE_TARGETS = ['customer', 'seller'] as const;
export type NoticeTarget = (typeof NOTICE_TARGETS)[number];

export const DELAY_PREDICTED = 'order.delay_predicted';

/** Something another system is told once; the same key is the same notice, however often it is decided on. */
export interface Notice {
  kind: string;
  target: string;
  idempotencyKey: string;
  payload: Readonly<Record<string, unknown>>;
}

export interface NoticeSettings {
  /** An order that is late with at least this probability is worth a notice, 0 to 1: that of the alert. */
  probability: number;
  /** Those who want to be told. */
  targets: readonly NoticeTarget[];
}

/**
 * What customer and seller are told of a predicted delay: one notice an order and receiver, the first. Each holds what
 * that receiver needs and no personal data; the customer is not told of sellers and probabilities.
 *
 * Both are told of an order that is probably late; of one that has passed a limit without that, the seller alone: for
 * the customer it is in time. Where nothing was promised, passing a limit is all that can be told.
 */
export function delayNotices(risk: DeliveryRisk, { probability, targets }: NoticeSettings): Notice[] {
  const { orderId, sellerId, promisedAt } = risk.order;
  const probablyLate = promisedAt !== null && risk.probability >= probability;
  const wanted: Record<NoticeTarget, boolean> = {
    customer: probablyLate || (risk.limitAt !== null && promisedAt === null),
    seller: sellerId !== null && (probablyLate || risk.limitAt !== null),
  };
  return targets
    .filter((target) => wanted[target])
    .map((target) => ({
      kind: DELAY_PREDICTED,
      target,
      idempotencyKey: `${DELAY_PREDICTED}/${target}/${orderId}`,
      payload: target === 'seller' ? sellerPayload(risk) : customerPayload(risk),
    }));
}

function customerPayload({ order, assessedAt, expectedAt, earliestAt, latestAt }: DeliveryRisk) {
  return {
    order_id: order.orderId,
    assessed_at: formatIso8601(assessedAt),
    promised_at: order.promisedAt === null ? null : formatIso8601(order.promisedAt),
    expected_at: formatIso8601(expectedAt),
    earliest_at: formatIso8601(earliestAt),
    latest_at: formatIso8601(latestAt),
  };
}

function sellerPayload(risk: DeliveryRisk) {
  const { order, moment, limitAt, probability } = risk;
  return {
    ...customerPayload(risk),
    seller_id: order.sellerId,
    product_id: order.lines[0]?.productId ?? null,
    moment,
    limit_at: limitAt === null ? null : formatIso8601(limitAt),
    probability: order.promisedAt === null ? null : probability,
  };
}
