import type { Buffer } from 'node:buffer';
import type { Order, Step } from './lifecycle/order.ts';
import type { PoisonRecord } from './poison/poison-record.ts';

export const SCENARIOS = [
  'normal',
  'validation',
  'out-of-stock',
  'user-burst',
  'product-burst',
  'poison',
  'late-events',
  'duplicates',
  'late-orders',
] as const;

/** What a record was sent for. `mixed` is all of them and never a label. */
export type Scenario = (typeof SCENARIOS)[number];

interface Sent {
  topic: 'orders';
  key: Buffer | string | null;
  value: Buffer | null;
  /** When it is to be sent, on the simulated clock, in ms since the epoch; never before that of the record ahead. */
  at: number;
  scenario: Scenario;
}

/** An order event, and what is true of it. */
export interface EventRecord extends Sent {
  kind: 'event';
  order: Order;
  step: Step;
}

/** A record no producer should have sent, and what must become of it. */
export interface PoisonSent extends Sent {
  kind: 'poison';
  poison: PoisonRecord;
}

export type SimulatedRecord = EventRecord | PoisonSent;
