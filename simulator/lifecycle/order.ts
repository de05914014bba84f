import type { Product } from '../catalogue/products.ts';
import type { Customer } from '../people/customers.ts';
import type { Scenario } from '../record.ts';

export type EventType =
  | 'ORDER_CREATED'
  | 'ORDER_UPDATED'
  | 'PAID'
  | 'PICKING'
  | 'PACKED'
  | 'SHIPPED'
  | 'DELIVERED'
  | 'CANCELED'
  | 'HOLD'
  | 'HOLD_CLEARED';

/** Where an order came in. `openmarket` speaks the older flat message. */
export type Channel = 'app' | 'web' | 'live' | 'partner' | 'openmarket';

/**
 * Whether a step says something new. `exact`: the same bytes again; `resent`: the same event produced again, so only
 * event_produced_at differs; `conflicting`: the same event_id with other content, which is a second fact.
 */
export type Copy = 'first' | 'exact' | 'resent' | 'conflicting';

/** One event of an order. Times in ms since the epoch on the simulated clock. */
export interface Step {
  type: EventType;
  occurred: number;
  produced: number;
  /** When it is sent. */
  at: number;
  /** Counts the order's events from 1; copies share the number, and so the event_id. */
  number: number;
  copy: Copy;
  /** Why, on HOLD events. */
  reason?: string;
  /** A corrected address as JSON text; on the correction and what follows it. */
  addressJson?: string;
  /** A corrected quantity. */
  quantity?: number;
}

/** An order with all it will ever send. */
export interface Order {
  /** Counts the run's orders from 0. */
  sequence: number;
  id: string;
  scenario: Scenario;
  customer: Customer;
  product: Product;
  channel: Channel;
  quantity: number;
  /** Whole KRW for all pieces. */
  amount: number;
  created: number;
  promised: number;
  /** As JSON text; undefined leaves the member out. */
  userJson: string | undefined;
  addressJson: string | undefined;
  /** Whether rule FUL-VALID must hold it. */
  invalid: boolean;
  /** Which optional members this order's producer fills in: eight bits, each set three times of four. */
  traits: number;
  /** In the order of sending. */
  steps: Step[];
  /** Index of the step sent next. */
  cursor: number;
}
