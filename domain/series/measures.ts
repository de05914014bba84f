import type { Dimension } from './dimensions.ts';

/**
 * What is added up of the facts of a step, for each value of each of its dimensions. Numbers of series are made of these
 * (`catalogue.ts`). A fact without a value in a dimension takes no part in it.
 *
 * A measure is here, in `measures-of-facts.ts`, and in the statement of its source in `processor/detection/sql/`; a test
 * compares the two.
 */
export const MEASURES = {
  /** Orders that were placed. */
  created: ['region', 'restaurant'],
  /** Orders that were canceled, by the moment of it. */
  canceled: ['region'],
  /** Amounts of the orders that were placed. */
  amount: ['region'],
  /** Seconds from order to delivery, by the moment of the delivery. */
  delivery_seconds: ['region', 'restaurant'],
  /** Seconds from hand-over to delivery, by the moment of the delivery. */
  transit_seconds: ['region'],
  /** Scores of reviews, 1 to 5. */
  review_score: ['region'],
  /** Deliveries that came to an end, well or not. */
  delivery_ended: ['region', 'rider'],
  delivery_failed: ['region', 'rider'],
  /** Seconds that routing planned for a route, by the moment of the hand-over. */
  route_seconds: ['region'],
  /** Riders that said they were there, each once. */
  riders_there: ['region'],
  /** Riders that said they waited for an order, each once. */
  riders_waiting: ['region'],
  /** Orders that a restaurant answered. */
  answered: ['restaurant', 'region'],
  refused: ['restaurant', 'region'],
  prep_seconds: ['restaurant', 'region'],
  /** Milliseconds until the system of a restaurant answered, as its signs of life say; people take longer to answer an order. */
  response_ms: ['restaurant'],
  heartbeats: ['restaurant'],
  /** Payments that were approved or failed. */
  payment_attempts: ['method'],
  payment_failed: ['method'],
  refunds: ['all'],
} as const satisfies Readonly<Record<string, readonly Dimension[]>>;

export type Measure = keyof typeof MEASURES;

/** Of one measure, one value of one dimension, and one step. */
export interface MeasureSums {
  /** How many facts, or distinct riders. */
  n: number;
  /** Sum of their values; of what is only counted, n. */
  sum: number;
  /** Sum of the squares of the values. */
  squares: number;
}
