import type { StockLevel } from '../stock/decide.ts';
import type { StockEvent, StockStatement } from './stock-event.ts';

/**
 * Applies what a system outside says to the level of its product, and changes the level.
 *
 * RECEIVED and RETURNED add pieces. DAMAGED, and SHIPPED that names no order, take them out, never below what is
 * promised to orders. RESERVED, RELEASED, and SHIPPED of an order change nothing: pieces are promised and shipped by
 * what happens to orders, and what a warehouse says of it tells only where they lay.
 *
 * @param level null: the product is not tracked, nothing changes
 */
export function applyStatement(level: StockLevel | null, statement: StockStatement): StockEvent {
  if (level === null) return { ...statement, currentDelta: 0, reservedDelta: 0 };
  const currentDelta = changeOf(level, statement);
  level.current += currentDelta;
  return { ...statement, currentDelta, reservedDelta: 0 };
}

function changeOf(level: StockLevel, { type, quantity, orderId }: StockStatement): number {
  if (type === 'RECEIVED' || type === 'RETURNED') return quantity;
  const leaves = type === 'DAMAGED' || (type === 'SHIPPED' && orderId === null);
  return leaves ? -Math.min(quantity, level.current - level.reserved) : 0;
}
