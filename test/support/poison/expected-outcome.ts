import type { OrderEvent } from '../../../domain/order/event.ts';
import { classifyRecord } from '../oracle/classify-record.ts';
import { distinctEvents } from '../oracle/event-order.ts';
import type { Classification } from '../oracle/types.ts';
import { validationHolds } from '../oracle/validation-holds.ts';
import type { PoisonDraft } from './poison-traffic.ts';
import { POISON_NOW_MS } from './sound.ts';

/** A record where it stands in the topic. */
export interface SentRecord extends PoisonDraft {
  readonly partition: number;
  readonly offset: number;
  /** What the brute-force oracle makes of it. PostgreSQL may still refuse an event. */
  readonly outcome: Classification;
}

export const placeOf = (record: { partition: number; offset: number }): string =>
  `${record.partition}:${record.offset}`;

/** Deals the drafts to partitions by turns; a partition's offsets begin at 0. */
export function placed(drafts: readonly PoisonDraft[], partitions: number): SentRecord[] {
  return drafts.map((draft, index) => ({
    ...draft,
    partition: index % partitions,
    offset: Math.floor(index / partitions),
    outcome: classifyRecord(draft.value, POISON_NOW_MS * 1000),
  }));
}

/** Orders that FUL-VALID must hold, sorted. */
export function ordersToHold(events: readonly OrderEvent[]): string[] {
  const known = distinctEvents(events).filter((event) => event.known);
  return validationHolds(known)
    .map((hold) => hold.order_id)
    .sort();
}
