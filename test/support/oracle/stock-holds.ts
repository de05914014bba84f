import type { OrderEvent } from '../../../domain/order/event.ts';
import { earliest } from './event-order.ts';
import type { Catalogue, HoldRow } from './types.ts';

const PAID_OR_LATER = ['PAID', 'PICKING', 'PACKED', 'SHIPPED', 'DELIVERED'];

/**
 * FUL-INV where nobody competes: a product's stock is 0 and every order of it is held, or covers all and none is. An
 * order of several products is held when one of them is short.
 *
 * @throws when the input is not of that kind, since the answer would depend on who came first
 */
export function stockHolds(events: readonly OrderEvent[], catalogue: Catalogue): HoldRow[] {
  const orders = new Set(events.map((event) => event.orderId));
  return [...orders].flatMap((orderId) => {
    const own = events.filter((event) => event.orderId === orderId && event.known);
    const paid = own.filter((event) => event.status !== null && PAID_OR_LATER.includes(event.status));
    const baskets = own.flatMap(basketsOf);
    if (paid.length === 0 || baskets.length === 0) return [];
    const verdicts = new Set(baskets.map((basket) => isShort(basket, events, catalogue)));
    if (verdicts.size > 1)
      throw new Error(`order ${orderId} has products of which one is short and another is not`);
    if (!verdicts.has(true)) return [];
    return [
      {
        order_id: orderId,
        reason_code: 'FUL-INV',
        episode: 1,
        status: 'OPEN',
        opened_at: earliest(paid.map((event) => event.occurredAt))!,
        closed_at: null,
        evidence: null,
      },
    ];
  });
}

/** What an order may be asking for when it is judged, by one of its events: its lines, or its one product. */
function basketsOf({ fields }: OrderEvent): (readonly string[])[] {
  const lines = fields.items === null ? [] : [fields.items.map((item) => item.productId)];
  return fields.productId === null ? lines : [...lines, [fields.productId]];
}

function isShort(basket: readonly string[], events: readonly OrderEvent[], catalogue: Catalogue): boolean {
  return basket.map((id) => verdict(id, events, catalogue)).includes('short');
}

function verdict(
  productId: string,
  events: readonly OrderEvent[],
  catalogue: Catalogue,
): 'short' | 'fine' | 'untracked' {
  const stock = catalogue.get(productId) ?? null;
  if (stock === null) return 'untracked';
  if (stock === 0) return 'short';
  const buyers = new Set(
    events.filter((event) => basketsOf(event).flat().includes(productId)).map((event) => event.orderId),
  );
  const wanted = [...buyers].map((orderId) => {
    const own = events.filter((event) => event.orderId === orderId);
    const alone = own.map((event) => event.fields.quantity ?? 1);
    const inLines = own.map((event) =>
      (event.fields.items ?? [])
        .filter((item) => item.productId === productId)
        .reduce((sum, item) => sum + item.quantity, 0),
    );
    return Math.max(...alone, ...inLines);
  });
  const most = wanted.reduce((a, b) => a + b, 0);
  if (most > stock)
    throw new Error(`stock ${stock} of ${productId} does not cover ${most} pieces: contended`);
  return 'fine';
}
