import { derivedEventId, hashOfParts } from '../order/content-hash.ts';
import { checkEventTime } from '../records/event-time.ts';
import { between, identifier, required, text, time } from '../records/typed-members.ts';
import type { Micros } from '../time/micros.ts';
import type { Review } from './review.ts';

/** Part of the derived event id, so that it is another than that of an order's or a payment's event. */
const EVENT_TYPE = 'REVIEWED';

/**
 * Reads the members of one record of topic `reviews`.
 *
 * @param now the processor's clock, against which `occurred_at` is absurd when over 24 h ahead
 * @throws {Rejection} SCHEMA_MISSING or SCHEMA_INVALID with what is wrong
 */
export function decodeReview(members: Record<string, unknown>, now: Micros): Review {
  const orderId = required(identifier(members, 'order_id'), 'order_id');
  const occurredAt = required(time(members, 'occurred_at'), 'occurred_at');
  checkEventTime(occurredAt, 'occurred_at', now);
  const score = required(between(members, 'score', 1, 5), 'score');
  const eventId = identifier(members, 'event_id') ?? derivedEventId(orderId, EVENT_TYPE, occurredAt, null);
  const title = text(members, 'title');
  const comment = text(members, 'comment');
  return {
    orderId,
    occurredAt,
    eventId,
    score,
    title,
    comment,
    producedAt: time(members, 'event_produced_at'),
    contentHash: hashOfParts([orderId, occurredAt, eventId, score, title, comment]),
  };
}
