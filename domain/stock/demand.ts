import type { OrderFields } from '../order/event.ts';
import type { OrderState } from '../order/fold.ts';
import { stockDueAt } from '../order/lifecycle.ts';
import { compareCodePoints } from '../text/compare.ts';
import type { Micros } from '../time/micros.ts';

/** So many pieces of a product. */
export interface StockLine {
  productId: string;
  /** Pieces, at least 1. */
  quantity: number;
}

/** What an order asks of the stock. */
export interface StockDemand {
  /** One a product, by product_id (code points); at least one. */
  lines: readonly StockLine[];
  /** Event time of the order's first PAID-or-later event. */
  dueAt: Micros;
}

/** Most pieces that a column holds. No stock is larger, so that an order that asks for more is short like any other. */
const MOST_PIECES = 2_147_483_647;

/** The pieces an order asks for, by product: of its lines where it has any, else of its one product. */
export function stockLines(fields: Pick<OrderFields, 'items' | 'productId' | 'quantity'>): StockLine[] {
  const { items, productId, quantity } = fields;
  if (items === null) return productId === null ? [] : [{ productId, quantity: quantity ?? 1 }];
  const pieces = new Map<string, number>();
  for (const item of items) pieces.set(item.productId, (pieces.get(item.productId) ?? 0) + item.quantity);
  return [...pieces]
    .map(([id, sum]) => ({ productId: id, quantity: Math.min(sum, MOST_PIECES) }))
    .sort((a, b) => compareCodePoints(a.productId, b.productId));
}

/** What an order asks for from the moment it is due; null as long as it is not, or names no product. */
export function stockDemand({ fields, stageTimes }: OrderState): StockDemand | null {
  const dueAt = stockDueAt(stageTimes);
  if (dueAt === null) return null;
  const lines = stockLines(fields);
  return lines.length === 0 ? null : { lines, dueAt };
}
