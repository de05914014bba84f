import { compareCodePoints } from '../text/compare.ts';
import type { Micros } from '../time/micros.ts';
import type { StockDemand, StockLine } from './demand.ts';
import { movePieces, type StockMovement } from './movements.ts';

export type ReservationState = 'RESERVED' | 'WAITING' | 'RELEASED' | 'SHIPPED';

/** A line of an order as it was decided on. */
export interface ReservedLine extends StockLine {
  /** Pieces available when it was decided. */
  availableSeen: number;
}

/** The stock decision of an order, all its lines together. Lines and what was seen are of the moment it was taken. */
export interface Reservation {
  orderId: string;
  /** Tracked products only, by product_id (code points). */
  lines: readonly ReservedLine[];
  outcome: 'ENOUGH' | 'SHORT';
  state: ReservationState;
  /** Event time of the order's first PAID-or-later event. */
  dueAt: Micros;
  /** So many times its pieces have moved. */
  movements: number;
}

/** An order whose stock has to be looked at. */
export interface StockOrder {
  orderId: string;
  /** What to decide on; null for an order that is here only because a hold on it opened or closed. */
  demand: StockDemand | null;
  shippedAt: Micros | null;
  canceledAt: Micros | null;
  held: boolean;
  /** When the hold opened or closed for which it is here; null: for none. */
  turnedAt: Micros | null;
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
  /** Orders among `reservations` that ask for other products than before. */
  replaced: string[];
  /** Orders to hold with FUL-INV, or whose hold now dates from an earlier moment. */
  shortages: Reservation[];
  /** What was moved, in this order; the levels have changed by the sum of their deltas. */
  movements: StockMovement[];
}

/** The lines of a decision for which there was not enough. */
export function shortLines({ lines }: Pick<Reservation, 'lines'>): ReservedLine[] {
  return lines.filter((line) => line.availableSeen < line.quantity);
}

/**
 * Judges and reserves stock, oldest demand first, and moves reservations along with their orders; changes `levels`.
 *
 * A product without a level is not tracked: it takes no part. An order is judged as a whole: when one line is short,
 * none is reserved. Its decision is taken once and kept, but for a shortage that somebody has decided anew; a held
 * order reserves nothing; one whose hold is gone reserves again, or is short after all; goods that left the house leave
 * the stock, reserved or not.
 */
export function decideStock(
  orders: readonly StockOrder[],
  levels: ReadonlyMap<string, StockLevel>,
): StockDecisions {
  const decisions: StockDecisions = { reservations: [], replaced: [], shortages: [], movements: [] };
  for (const order of orders.toSorted(byDemand)) {
    const before = order.reservation;
    const decided = nextReservation(order, levels);
    if (decided === null) continue;
    const moved = movePieces(order, before, decided, levels);
    const next = { ...decided, movements: moved.at(-1)?.number ?? decided.movements };
    decisions.movements.push(...moved);
    if (before === null || !same(before, next)) decisions.reservations.push(next);
    if (before !== null && !sameProducts(before, next)) decisions.replaced.push(next.orderId);
    const newlyShort = next.outcome === 'SHORT' && before?.outcome !== 'SHORT';
    const earlierShort = next.outcome === 'SHORT' && before !== null && next.dueAt < before.dueAt;
    if (newlyShort || earlierShort) decisions.shortages.push(next);
  }
  return decisions;
}

function byDemand(a: StockOrder, b: StockOrder): number {
  const aDue = a.reservation?.dueAt ?? a.demand?.dueAt ?? 0;
  const bDue = b.reservation?.dueAt ?? b.demand?.dueAt ?? 0;
  return aDue - bDue || compareCodePoints(a.orderId, b.orderId);
}

/** A shortage has taken nothing out of the stock yet, so that it may be decided anew. */
function isOpenAgain(order: StockOrder, known: Reservation): boolean {
  const gone = order.shippedAt !== null || order.canceledAt !== null;
  return order.again && !gone && known.state === 'WAITING' && known.outcome === 'SHORT';
}

type Levels = ReadonlyMap<string, StockLevel>;

function nextReservation(order: StockOrder, levels: Levels): Reservation | null {
  const known = order.reservation;
  const { orderId, demand } = order;
  if (known === null) {
    if (demand === null) return null;
    return decide(order, { orderId, dueAt: demand.dueAt, movements: 0 }, demand.lines, levels);
  }
  const dueAt = demand === null ? known.dueAt : Math.min(known.dueAt, demand.dueAt);
  if (isOpenAgain(order, known))
    return decide(order, { ...known, dueAt }, demand?.lines ?? known.lines, levels);
  const seen = seenNow(known.lines, levels);
  if (seen.length === 0) return null;
  if (known.state === 'SHIPPED') return { ...known, dueAt };
  const stays = known.state === 'RELEASED' && order.shippedAt === null;
  const state = stays ? 'RELEASED' : targetState(order, known.outcome);
  const reservesAgain = known.state === 'WAITING' && state === 'RESERVED';
  if (reservesAgain && shortLines({ lines: seen }).length > 0)
    return { ...known, lines: seen, dueAt, outcome: 'SHORT', state: 'WAITING' };
  return { ...known, dueAt, state };
}

/** @returns null where none of the products is tracked */
function decide(
  order: StockOrder,
  of: Pick<Reservation, 'orderId' | 'dueAt' | 'movements'>,
  asked: readonly StockLine[],
  levels: Levels,
): Reservation | null {
  const lines = seenNow(asked, levels);
  if (lines.length === 0) return null;
  const outcome = shortLines({ lines }).length === 0 ? 'ENOUGH' : 'SHORT';
  const { orderId, dueAt, movements } = of;
  return { orderId, lines, outcome, state: targetState(order, outcome), dueAt, movements };
}

function seenNow(lines: readonly StockLine[], levels: Levels): ReservedLine[] {
  return lines.flatMap(({ productId, quantity }) => {
    const level = levels.get(productId);
    return level === undefined
      ? []
      : [{ productId, quantity, availableSeen: level.current - level.reserved }];
  });
}

function targetState(order: StockOrder, outcome: Reservation['outcome']): ReservationState {
  if (order.shippedAt !== null) return 'SHIPPED';
  if (order.canceledAt !== null) return 'RELEASED';
  return order.held || outcome === 'SHORT' ? 'WAITING' : 'RESERVED';
}

function sameProducts(a: Reservation, b: Reservation): boolean {
  return (
    a.lines.length === b.lines.length &&
    a.lines.every((line, index) => line.productId === b.lines[index]?.productId)
  );
}

/** What was seen may differ: it is kept only with what was decided upon it. */
function same(a: Reservation, b: Reservation): boolean {
  return (
    a.state === b.state &&
    a.outcome === b.outcome &&
    a.dueAt === b.dueAt &&
    sameProducts(a, b) &&
    a.lines.every((line, index) => line.quantity === b.lines[index]?.quantity)
  );
}
