import type { Micros } from '../time/micros.ts';
import type { Reservation, StockLevel, StockOrder } from './decide.ts';

/** Pieces of one product that an order moved. */
export interface StockMovement {
  orderId: string;
  productId: string;
  type: 'RESERVED' | 'RELEASED' | 'SHIPPED';
  /** Pieces. */
  quantity: number;
  /** Event time of what moved them. */
  at: Micros;
  /** Counts the movements of the order, from 1: names this one, whenever it is worked out again. */
  number: number;
  /** What it changed in the level. */
  currentDelta: number;
  reservedDelta: number;
}

interface Step {
  type: StockMovement['type'];
  at: Micros;
  /** The order held a reservation before it. */
  reserved: boolean;
}

/**
 * Moves the pieces of an order from what it had to what it has now, and changes the levels. An order that came due and
 * left the house in one batch reserves and ships, as it would have in two.
 *
 * @returns one movement for each step and tracked line
 */
export function movePieces(
  order: StockOrder,
  before: Reservation | null,
  next: Reservation,
  levels: ReadonlyMap<string, StockLevel>,
): StockMovement[] {
  const first = (before?.movements ?? 0) + 1;
  return stepsOf(order, before, next).flatMap((step, index) =>
    next.lines.flatMap(({ productId, quantity }) => {
      const level = levels.get(productId);
      if (level === undefined) return [];
      const moved = { orderId: order.orderId, productId, type: step.type, quantity, at: step.at };
      return [{ ...moved, number: first + index, ...apply(level, step, quantity) }];
    }),
  );
}

function stepsOf(order: StockOrder, before: Reservation | null, next: Reservation): Step[] {
  const from = before?.state ?? null;
  const to = next.state;
  if (from === to) return [];
  const turnedAt = Math.max(next.dueAt, order.turnedAt ?? next.dueAt);
  const shipped = order.shippedAt ?? turnedAt;
  const released = order.canceledAt ?? turnedAt;
  if (from === 'RESERVED') {
    if (to === 'SHIPPED') return [{ type: 'SHIPPED', at: shipped, reserved: true }];
    return [{ type: 'RELEASED', at: to === 'RELEASED' ? released : turnedAt, reserved: true }];
  }
  const reserve: Step = {
    type: 'RESERVED',
    at: from === null ? next.dueAt : turnedAt,
    reserved: false,
  };
  if (to === 'RESERVED') return [reserve];
  const wasServed = from === null && next.outcome === 'ENOUGH' && !order.held;
  if (to === 'SHIPPED') {
    const keptUntilThen = order.canceledAt === null || order.canceledAt >= shipped;
    if (wasServed && keptUntilThen) return [reserve, { type: 'SHIPPED', at: shipped, reserved: true }];
    return [{ type: 'SHIPPED', at: shipped, reserved: false }];
  }
  if (to === 'RELEASED' && wasServed && next.dueAt <= released)
    return [reserve, { type: 'RELEASED', at: released, reserved: true }];
  return [];
}

function apply(
  level: StockLevel,
  { type, reserved }: Step,
  quantity: number,
): Pick<StockMovement, 'currentDelta' | 'reservedDelta'> {
  const before = { ...level };
  if (type === 'RESERVED') level.reserved += quantity;
  else if (reserved) level.reserved -= quantity;
  // Never below what is promised to others: a shipment of pieces we did not know of cannot take theirs.
  if (type === 'SHIPPED') level.current = Math.max(level.current - quantity, level.reserved);
  return { currentDelta: level.current - before.current, reservedDelta: level.reserved - before.reserved };
}
