import type { Prng } from '../timing/prng.ts';
import type { EventType } from './order.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A full life takes about this long before compression, in ms. */
export const TYPICAL_LIFE_MS = 26 * HOUR;

/** One planned event: what and how long after the order's creation, in ms. */
export interface PlannedEvent {
  type: EventType;
  after: number;
  reason?: string;
}

const HOLD_REASONS = ['PAYMENT_REVIEW', 'ADDRESS_CHECK', 'AGE_CHECK', 'CUSTOMS', 'CUSTOMER_CALL'] as const;

/** Picking starts within 100 minutes: an order that is late (over 2 h in PAID) is late on purpose. */
const LONGEST_WAIT_FOR_PICKING = 100 * MINUTE;

/**
 * The shop cancels what was not released for so long. Even an order of six hours ago that is told late has ended within a
 * day then, which is when its preparation would be overdue; else alerts of that would come for ever.
 */
const GIVEN_UP_AFTER = 12 * HOUR;
const LONGEST_PATIENCE = 17 * HOUR;

/**
 * The life of an ordinary order. Of a thousand, about 25 are never paid and canceled, 30 canceled later, 30 corrected and
 * 6 held by another system (two thirds of them cleared, the others given up by the shop). Median times: paid after 35 s,
 * picking 18 min, packing 14 min, hand-over 2.2 h, delivery 21 h; all divided by `compress`.
 */
export function planLife(rng: Prng, compress: number, flat: boolean): PlannedEvent[] {
  const plan: PlannedEvent[] = [{ type: 'ORDER_CREATED', after: 0 }];
  let after = 0;
  const then = (type: EventType, delay: number, reason?: string): void => {
    after += delay / compress;
    plan.push(reason === undefined ? { type, after } : { type, after, reason });
  };
  if (rng.chance(0.025)) {
    then('CANCELED', rng.lognormal(25 * MINUTE, 0.5));
    return plan;
  }
  then('PAID', rng.lognormal(35_000, 0.9));
  if (rng.chance(0.03)) then('ORDER_UPDATED', rng.lognormal(3 * MINUTE, 0.6));
  const cancelAfter = rng.chance(0.03) ? rng.int(1, 3) : 4;
  if (cancelAfter === 1) return canceled();
  then('PICKING', Math.min(rng.lognormal(18 * MINUTE, 0.55), LONGEST_WAIT_FOR_PICKING));
  if (!flat && rng.chance(0.006)) {
    then('HOLD', rng.lognormal(4 * MINUTE, 0.4), rng.pick(HOLD_REASONS));
    if (rng.chance(0.34)) return [...plan, givenUp(rng, after, compress)];
    then('HOLD_CLEARED', rng.lognormal(50 * MINUTE, 0.6));
  }
  if (cancelAfter === 2) return canceled();
  then('PACKED', rng.lognormal(14 * MINUTE, 0.5));
  if (cancelAfter === 3) return canceled();
  then('SHIPPED', rng.lognormal(2.2 * HOUR, 0.45));
  then('DELIVERED', rng.lognormal(21 * HOUR, 0.3));
  return plan;

  function canceled(): PlannedEvent[] {
    then('CANCELED', rng.lognormal(12 * MINUTE, 0.6));
    return plan;
  }
}

/** The shop gives an order up, about half a day after `since`. */
export function givenUp(rng: Prng, since: number, compress: number): PlannedEvent {
  const patience = Math.min(rng.lognormal(GIVEN_UP_AFTER, 0.15), LONGEST_PATIENCE);
  return { type: 'CANCELED', after: since + patience / compress };
}

/**
 * An order that stops at PAID, waiting for somebody to decide; every third is given up by its customer, the others by the
 * shop.
 *
 * @param corrected the customer corrects it, unless it is the customer who gives up
 */
export function planStalled(rng: Prng, compress: number, corrected = false): PlannedEvent[] {
  const paid = Math.min(rng.lognormal(35_000, 0.6) / compress, 4_000);
  const plan: PlannedEvent[] = [
    { type: 'ORDER_CREATED', after: 0 },
    { type: 'PAID', after: paid },
  ];
  if (rng.chance(0.33)) {
    plan.push({ type: 'CANCELED', after: paid + rng.lognormal(90 * MINUTE, 0.5) / compress });
    return plan;
  }
  const last = corrected ? paid + rng.int(500, 4_000) : paid;
  if (corrected) plan.push({ type: 'ORDER_UPDATED', after: last });
  plan.push(givenUp(rng, last, compress));
  return plan;
}
