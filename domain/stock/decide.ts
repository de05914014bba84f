import { compareCodePoints } from '../text/compare.ts';
import type { Micros } from '../time/micros.ts';

export type ReservationState = 'RESERVED' | 'WAITING' | 'RELEASED' | 'SHIPPED';

/** The stock decision of an order. Product, quantity and what was seen are of the moment it was taken. */
export interface Reservation {
  orderId: string;
  productId: string;
  /** Pieces. */
  quantity: number;
  outcome: 'ENOUGH' | 'SHORT';
  /** Pieces available when it was decided. */
  availableSeen: number;
  state: ReservationState;
  /** Event time of the order's first PAID-or-later event. */
  dueAt: Micros;
}

/** An order whose stock has to be looked at. */
export interface StockOrder {
  orderId: string;
  /** What to decide on; null for an order that is here only because a hold on it opened or closed. */
  demand: { productId: string; quantity: number; dueAt: Micros } | null;
  shipped: boolean;
  canceled: boolean;
  held: boolean;
  /** Decide a shortage anew, by what is asked for and what is there now. */
  again: boolean;
  reservation: Reservation | null;
}

/** Stock of a tracked product, in pieces. 0 <= reserved <= current. */
export interface StockLevel {
  current: number;
  reserved: number;
}

export interface StockDecisions {
  /** New or changed. */
  reservations: Reservation[];
  /** Orders to hold with FUL-INV, or whose hold now dates from an earlier moment. */
  shortages: Reservation[];
  /** Products whose level changed. */
  changedProducts: string[];
}

/**
 * Judges and reserves stock, oldest demand first, and moves reservations along with their orders; changes `levels`.
 *
 * A product without a level is not tracked: its orders take no part. The decision of an order is taken once and kept,
 * but for a shortage that somebody has decided anew; a held order reserves nothing; one whose hold is gone reserves
 * again, or is short after all; goods that left the house leave the stock, reserved or not.
 */
export function decideStock(
  orders: readonly StockOrder[],
  levels: ReadonlyMap<string, StockLevel>,
): StockDecisions {
  const decisions: StockDecisions = { reservations: [], shortages: [], changedProducts: [] };
  const changed = new Set<string>();
  for (const order of orders.toSorted(byDemand)) {
    const productId = wanted(order)?.productId;
    const level = productId === undefined ? undefined : levels.get(productId);
    if (level === undefined || productId === undefined) continue;
    const next = nextReservation(order, level);
    if (next === null) continue;
    const before = order.reservation;
    if (move(level, next.quantity, before?.state ?? null, next.state)) changed.add(productId);
    if (before === null || !same(before, next)) decisions.reservations.push(next);
    const newlyShort = next.outcome === 'SHORT' && before?.outcome !== 'SHORT';
    const earlierShort = next.outcome === 'SHORT' && before !== null && next.dueAt < before.dueAt;
    if (newlyShort || earlierShort) decisions.shortages.push(next);
  }
  decisions.changedProducts = [...changed];
  return decisions;
}

function byDemand(a: StockOrder, b: StockOrder): number {
  const aDue = a.reservation?.dueAt ?? a.demand?.dueAt ?? 0;
  const bDue = b.reservation?.dueAt ?? b.demand?.dueAt ?? 0;
  return aDue - bDue || compareCodePoints(a.orderId, b.orderId);
}

/** What the order asks for: as it was decided on, or as it says now where that is still to be decided. */
function wanted(order: StockOrder): { productId: string; quantity: number } | null {
  const known = order.reservation;
  if (known === null) return order.demand;
  return isOpenAgain(order, known) ? (order.demand ?? known) : known;
}

/** A shortage has taken nothing out of the stock yet, so that it may be decided anew. */
function isOpenAgain(order: StockOrder, known: Reservation): boolean {
  const gone = order.shipped || order.canceled;
  return order.again && !gone && known.state === 'WAITING' && known.outcome === 'SHORT';
}

function nextReservation(order: StockOrder, level: StockLevel): Reservation | null {
  const available = level.current - level.reserved;
  const known = order.reservation;
  if (known === null) {
    if (order.demand === null) return null;
    const outcome = available >= order.demand.quantity ? 'ENOUGH' : 'SHORT';
    return {
      orderId: order.orderId,
      ...order.demand,
      outcome,
      availableSeen: available,
      state: targetState(order, outcome),
    };
  }
  const dueAt = order.demand === null ? known.dueAt : Math.min(known.dueAt, order.demand.dueAt);
  if (isOpenAgain(order, known)) {
    const { productId, quantity } = wanted(order) ?? known;
    const outcome = available >= quantity ? 'ENOUGH' : 'SHORT';
    const state = targetState(order, outcome);
    return { ...known, productId, quantity, dueAt, outcome, availableSeen: available, state };
  }
  if (known.state === 'SHIPPED') return { ...known, dueAt };
  const state = known.state === 'RELEASED' && !order.shipped ? 'RELEASED' : targetState(order, known.outcome);
  const reservesAgain = known.state === 'WAITING' && state === 'RESERVED';
  if (reservesAgain && available < known.quantity) {
    return { ...known, dueAt, outcome: 'SHORT', availableSeen: available, state: 'WAITING' };
  }
  return { ...known, dueAt, state };
}

function targetState(order: StockOrder, outcome: Reservation['outcome']): ReservationState {
  if (order.shipped) return 'SHIPPED';
  if (order.canceled) return 'RELEASED';
  return order.held || outcome === 'SHORT' ? 'WAITING' : 'RESERVED';
}

/** @returns whether the level changed */
function move(
  level: StockLevel,
  quantity: number,
  from: ReservationState | null,
  to: ReservationState,
): boolean {
  if (from === to) return false;
  if (from === 'RESERVED') level.reserved -= quantity;
  if (to === 'RESERVED') level.reserved += quantity;
  // Never below what is promised to others: a shipment of pieces we did not know of cannot take theirs.
  if (to === 'SHIPPED') level.current = Math.max(level.current - quantity, level.reserved);
  return from === 'RESERVED' || to === 'RESERVED' || to === 'SHIPPED';
}

function same(a: Reservation, b: Reservation): boolean {
  return (
    a.state === b.state &&
    a.outcome === b.outcome &&
    a.dueAt === b.dueAt &&
    a.productId === b.productId &&
    a.quantity === b.quantity
  );
}
