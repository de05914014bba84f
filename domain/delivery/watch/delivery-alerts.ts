import type { NewAlert, Severity } from '../../alerts/alert.ts';
import { formatIso8601 } from '../../time/iso8601.ts';
import { HOUR, type Micros, SECOND } from '../../time/micros.ts';
import type { Grade } from '../grades/abc.ts';
import type { FollowedOrder } from '../milestone.ts';
import type { DeliveryRisk } from './assessment.ts';
import type { Concern, OrderWatch } from './order-watch.ts';

/** The better the product sells, the sooner somebody looks. */
const SEVERITIES: Readonly<Record<Grade, Severity>> = { A: 'critical', B: 'warning', C: 'info' };

const MOST_REASONS = 5;

export function deliveryKey(concern: Concern, orderId: string): string {
  return `delivery/${concern}/${orderId}`;
}

/**
 * The alert of an order that has passed the limit of what it waits for.
 *
 * @param at when the limit was passed
 * @param risk what is predicted now; null when nothing can be
 */
export function limitAlert(
  watch: OrderWatch,
  at: Micros,
  { grade, risk }: { grade: Grade; risk: DeliveryRisk | null },
): NewAlert {
  const { order, since, limit } = watch;
  const concern = watch.waits === 'HAND_OVER' ? 'PREPARATION' : 'TRANSIT';
  const elapsed = hours(at - since);
  const route = `${order.from.state ?? ''}-${order.to.state ?? order.region ?? ''}`;
  return {
    ...common(concern, order, at, grade),
    groupKey:
      concern === 'PREPARATION'
        ? `DELIVERY/PREPARATION/seller/${order.sellerId ?? ''}`
        : `DELIVERY/TRANSIT/route/${route}`,
    subject:
      concern === 'PREPARATION'
        ? `Order ${order.orderId} is not handed over ${elapsed.toFixed(1)} h after its approval`
        : `Order ${order.orderId} is not delivered ${elapsed.toFixed(1)} h after its hand-over`,
    evidence: {
      concern,
      ...aboutOrder(order, grade),
      waiting_since: formatIso8601(since),
      elapsed_hours: elapsed,
      limit_hours: limit === null ? null : hours(limit.seconds * SECOND),
      limit_from: limit?.from ?? null,
      limit_cases: limit?.cases ?? null,
      ...(concern === 'TRANSIT' ? { route } : {}),
      ...prediction(risk),
    },
  };
}

/** The alert of an order that will probably be late. */
export function riskAlert(risk: DeliveryRisk): NewAlert {
  const { order, grade, assessedAt, probability } = risk;
  return {
    ...common('RISK', order, assessedAt, grade),
    groupKey: `DELIVERY/RISK/seller/${order.sellerId ?? ''}`,
    subject: `Order ${order.orderId} will be late with a probability of ${Math.round(probability * 100)} %`,
    evidence: { concern: 'RISK', moment: risk.moment, ...aboutOrder(order, grade), ...prediction(risk) },
  };
}

function common(
  concern: Concern,
  order: FollowedOrder,
  at: Micros,
  grade: Grade,
): Pick<NewAlert, 'dedupKey' | 'kind' | 'severity' | 'openedAt' | 'orderId' | 'holdId' | 'logId'> {
  return {
    dedupKey: deliveryKey(concern, order.orderId),
    kind: 'DELIVERY',
    severity: SEVERITIES[grade],
    openedAt: at,
    orderId: order.orderId,
    holdId: null,
    logId: null,
  };
}

function aboutOrder(order: FollowedOrder, grade: Grade): Record<string, unknown> {
  return {
    seller_id: order.sellerId,
    product_id: order.lines[0]?.productId ?? null,
    grade,
    region: order.region,
    promised_at: order.promisedAt === null ? null : formatIso8601(order.promisedAt),
  };
}

function prediction(risk: DeliveryRisk | null): Record<string, unknown> {
  if (risk === null) return {};
  return {
    expected_at: formatIso8601(risk.expectedAt),
    earliest_at: formatIso8601(risk.earliestAt),
    latest_at: formatIso8601(risk.latestAt),
    probability: risk.order.promisedAt === null ? null : Math.round(risk.probability * 10_000) / 10_000,
    reasons: risk.reasons.slice(0, MOST_REASONS),
  };
}

/** To a hundredth. */
export function hours(length: Micros): number {
  return Math.round((length / HOUR) * 100) / 100;
}
