import fc from 'fast-check';
import { expect, it } from 'vitest';
import { productBurstHolds, userBurstHolds } from '../../test/support/oracle/burst-holds.ts';
import { compareText, distinctEvents } from '../../test/support/oracle/event-order.ts';
import { CONTRACT_THRESHOLDS, type Thresholds } from '../../test/support/oracle/types.ts';
import { shuffled } from '../../test/support/traffic/shuffle.ts';
import { acceptedEvents } from '../../test/support/traffic/states.ts';
import { ORDER_CREATED, type OrderEvent } from '../order/event.ts';
import { type Arrival, burstHolds } from './burst-rules.ts';

function arrivalsOf(events: readonly OrderEvent[]): Arrival[] {
  return events.flatMap(({ eventType, fields, occurredAt, orderId }) =>
    eventType === ORDER_CREATED && fields.productId !== null
      ? [{ productId: fields.productId, userId: fields.userId, t: occurredAt, orderId }]
      : [],
  );
}

/** [order, reason, opened at, trigger, count], sorted. */
type Summary = [string, string, number, string, number];

function bySummary(a: Summary, b: Summary): number {
  return compareText(a[0], b[0]) || compareText(a[1], b[1]);
}

function ruled(arrivals: readonly Arrival[], thresholds: Thresholds): Summary[] {
  return burstHolds(arrivals, thresholds)
    .map((hold): Summary => [hold.orderId, hold.reason, hold.openedAt, hold.triggerOrderId, hold.count])
    .sort(bySummary);
}

function expected(events: readonly OrderEvent[], thresholds: Thresholds): Summary[] {
  return [...userBurstHolds(events, thresholds), ...productBurstHolds(events, thresholds)]
    .map((hold): Summary => {
      const { trigger_order_id, count } = hold.evidence as { trigger_order_id: string; count: number };
      return [hold.order_id, hold.reason_code, hold.opened_at, trigger_order_id, count];
    })
    .sort(bySummary);
}

const thresholds: fc.Arbitrary<Thresholds> = fc.record({
  userMoreThan: fc.constantFrom(1, 2, CONTRACT_THRESHOLDS.userMoreThan),
  userWindow: fc.constantFrom(1_000_000, CONTRACT_THRESHOLDS.userWindow),
  userQuarantine: fc.constantFrom(CONTRACT_THRESHOLDS.userQuarantine),
  productAtLeast: fc.constantFrom(2, CONTRACT_THRESHOLDS.productAtLeast),
  productWindow: fc.constantFrom(1, CONTRACT_THRESHOLDS.productWindow),
  lateAfter: fc.constant(CONTRACT_THRESHOLDS.lateAfter),
});

it('holds what the brute-force oracle holds, in any order and repetition', () => {
  fc.assert(
    fc.property(acceptedEvents, thresholds, fc.nat(), (events, limits, seed) => {
      const arrivals = shuffled(arrivalsOf(events), seed);
      expect(ruled(arrivals, limits)).toEqual(expected(distinctEvents(events), limits));
    }),
    { numRuns: 500 },
  );
});

it('only adds holds, or dates them earlier, when arrivals are added', () => {
  fc.assert(
    fc.property(acceptedEvents, thresholds, fc.nat(), (events, limits, size) => {
      const arrivals = arrivalsOf(events);
      const all = burstHolds(arrivals, limits);
      for (const hold of burstHolds(arrivals.slice(0, size % (arrivals.length + 1)), limits)) {
        const later = all.find((one) => one.orderId === hold.orderId && one.reason === hold.reason);
        expect(later?.openedAt).toBeLessThanOrEqual(hold.openedAt);
      }
    }),
    { numRuns: 300 },
  );
});
