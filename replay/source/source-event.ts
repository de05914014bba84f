import type { Micros } from '../../domain/time/micros.ts';

/** Topics a replay writes to. */
export const REPLAY_TOPICS = ['orders', 'payments', 'reviews'] as const;

export type ReplayTopic = (typeof REPLAY_TOPICS)[number];

/** Those whose partitions make event time: somebody follows what is in them. */
export const EVENT_TIME_TOPICS = ['orders', 'payments', 'reviews'] as const satisfies readonly ReplayTopic[];

/** Something that happened to an order, as it will be published. */
export interface SourceEvent {
  topic: ReplayTopic;
  orderId: string;
  at: Micros;
  /**
   * Its place among the events of one order and moment, 0 to 9: creation, payment registered, payment, payment approved,
   * shipping, delivery, cancellation, review.
   */
  rank: number;
  /** Members of the record, as the contracts of the topic have them. */
  value: Readonly<Record<string, unknown>>;
}

/** Its place in the whole history: events are in the order of (at, order_id, rank), and counted from 1. */
export interface SequencedEvent {
  sequence: number;
  topic: ReplayTopic;
  orderId: string;
  at: Micros;
  /** The record's value: JSON. */
  json: string;
}
