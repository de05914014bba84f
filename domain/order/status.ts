/** Where an order is in its life. HOLD is not among them: it is an overlay (see `domain/holds`). */
export type OrderStatus = 'CREATED' | 'PAID' | 'PICKING' | 'PACKED' | 'SHIPPED' | 'DELIVERED' | 'CANCELED';

export type OrderStage = 'PAYMENT' | 'FULFILLMENT' | 'LOGISTICS' | 'SYSTEM';

/** In the order of the life cycle: the index is the rank. */
export const STATUSES: readonly OrderStatus[] = [
  'CREATED',
  'PAID',
  'PICKING',
  'PACKED',
  'SHIPPED',
  'DELIVERED',
  'CANCELED',
];

const RANKS: ReadonlyMap<string, number> = new Map(STATUSES.map((status, rank) => [status, rank]));

/** Rank of an event that says nothing of the status: below every event that does. */
export const NO_STATUS_RANK = -1;

/** Rank in the life cycle (CREATED 0 ... CANCELED 6); -1 for null. */
export function rankOf(status: OrderStatus | null): number {
  return status === null ? NO_STATUS_RANK : (RANKS.get(status) ?? NO_STATUS_RANK);
}

export function isOrderStatus(text: string): text is OrderStatus {
  return RANKS.has(text);
}

/** DELIVERED and CANCELED end an order; no later event of another status moves it again. */
export function isTerminal(status: OrderStatus | null): boolean {
  return status === 'DELIVERED' || status === 'CANCELED';
}

const STAGES: Record<OrderStatus, OrderStage> = {
  CREATED: 'PAYMENT',
  PAID: 'PAYMENT',
  PICKING: 'FULFILLMENT',
  PACKED: 'FULFILLMENT',
  SHIPPED: 'LOGISTICS',
  DELIVERED: 'LOGISTICS',
  CANCELED: 'SYSTEM',
};

export function stageOf(status: OrderStatus): OrderStage {
  return STAGES[status];
}
