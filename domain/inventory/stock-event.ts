import { type Micros, YEAR_2000 } from '../time/micros.ts';

export const STOCK_EVENT_TYPES = [
  'RECEIVED',
  'RESERVED',
  'RELEASED',
  'SHIPPED',
  'RETURNED',
  'DAMAGED',
] as const;

export type StockEventType = (typeof STOCK_EVENT_TYPES)[number];

/** What somebody says of the stock of a product. */
export interface StockStatement {
  productId: string;
  /** Names the event among those of its product and moment: a second one of that name is the same. */
  eventId: string;
  type: StockEventType;
  /** Pieces. */
  quantity: number;
  at: Micros;
  /** Who says so; null: nobody said. */
  source: string | null;
  /** The order whose pieces these are; of a RECEIVED the order to the supplier that it answers. */
  orderId: string | null;
  sellerId: string | null;
  warehouseId: string | null;
  /** Cost of bringing one piece in. */
  unitCost: number | null;
}

/** An entry of the log: a statement, and what it changed. The stock is the sum of these changes. */
export interface StockEvent extends StockStatement {
  currentDelta: number;
  reservedDelta: number;
}

/** Ids of events that Holdfast itself writes begin so; others may not. */
export const OWN_EVENT_PREFIX = 'holdfast/';

/** Nothing but what and when: the rest is nobody's. */
const OF_NOBODY = { orderId: null, sellerId: null, warehouseId: null, unitCost: null };

/** What was there before the first movement, as an event. */
export function openingEvent(productId: string, pieces: number): StockEvent {
  return {
    ...OF_NOBODY,
    productId,
    eventId: `${OWN_EVENT_PREFIX}opening`,
    type: 'RECEIVED',
    quantity: pieces,
    at: YEAR_2000,
    source: 'catalogue',
    currentDelta: pieces,
    reservedDelta: 0,
  };
}

/** A movement of an order's pieces as an event: the same one whenever it is worked out again. */
export function orderEvent(movement: {
  orderId: string;
  productId: string;
  type: StockEventType;
  quantity: number;
  at: Micros;
  number: number;
  currentDelta: number;
  reservedDelta: number;
}): StockEvent {
  const { number, ...moved } = movement;
  const eventId = `${OWN_EVENT_PREFIX}${movement.orderId}/${number}`;
  return { ...OF_NOBODY, ...moved, eventId, source: 'orders' };
}
