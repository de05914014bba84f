import { derivedEventId, hashOfParts } from '../order/content-hash.ts';
import { checkEventTime } from '../records/event-time.ts';
import { identifier, measured, oneOf, required, time } from '../records/typed-members.ts';
import type { Micros } from '../time/micros.ts';
import { REFUSAL_REASONS, RESTAURANT_TYPES, type RestaurantEvent } from './restaurant-event.ts';

const TOPIC = 'restaurants';

/**
 * Reads the members of one record of topic `restaurants`.
 *
 * @param now the processor's clock, against which `occurred_at` is absurd when over 24 h ahead
 * @throws {Rejection} SCHEMA_MISSING or SCHEMA_INVALID with what is wrong
 */
export function decodeRestaurant(members: Record<string, unknown>, now: Micros): RestaurantEvent {
  const restaurantId = required(identifier(members, 'restaurant_id'), 'restaurant_id');
  const eventType = required(oneOf(members, 'event_type', RESTAURANT_TYPES), 'event_type');
  const occurredAt = required(time(members, 'occurred_at'), 'occurred_at');
  checkEventTime(occurredAt, 'occurred_at', now);
  const eventId =
    identifier(members, 'event_id') ?? derivedEventId(restaurantId, eventType, occurredAt, TOPIC);
  const said = {
    orderId: identifier(members, 'order_id'),
    region: identifier(members, 'region'),
    reason: oneOf(members, 'reason', REFUSAL_REASONS),
    latencyMs: measured(members, 'latency_ms'),
    prepSeconds: measured(members, 'prep_seconds'),
  };
  return {
    ...{ restaurantId, eventType, occurredAt, eventId },
    ...said,
    producedAt: time(members, 'event_produced_at'),
    contentHash: hashOfParts([restaurantId, eventType, occurredAt, eventId, ...Object.values(said)]),
  };
}
