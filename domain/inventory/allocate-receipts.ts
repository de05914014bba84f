import type { Micros } from '../time/micros.ts';

/** Pieces that came in. */
export interface Receipt {
  productId: string;
  /** The order to the supplier that it answers; null: it does not say. */
  orderId: string | null;
  /** Pieces. */
  quantity: number;
  at: Micros;
}

/** An order to the supplier of which pieces are still to come. */
export interface OpenReplenishment {
  actionId: string;
  productId: string;
  /** Pieces ordered, and those of them that have come. */
  quantity: number;
  received: number;
}

/** An order to the supplier of which pieces came. */
export interface FilledReplenishment extends OpenReplenishment {
  /** Of the last receipt. */
  at: Micros;
}

/**
 * Which orders to the supplier are answered by these receipts: the one a receipt names, else those of its product, the
 * oldest first. Pieces beyond what was ordered answer nothing.
 *
 * @param open oldest first
 */
export function allocateReceipts(
  receipts: readonly Receipt[],
  open: readonly OpenReplenishment[],
): FilledReplenishment[] {
  const filled = new Map<string, FilledReplenishment>();
  for (const { productId, orderId, quantity, at } of receipts) {
    let left = quantity;
    for (const one of open) {
      if (one.productId !== productId || (orderId !== null && one.actionId !== orderId)) continue;
      const so = filled.get(one.actionId) ?? { ...one, at };
      const taken = Math.min(left, so.quantity - so.received);
      if (taken <= 0) continue;
      filled.set(one.actionId, { ...so, received: so.received + taken, at });
      left -= taken;
    }
  }
  return [...filled.values()];
}
