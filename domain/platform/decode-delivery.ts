import { derivedEventId, hashOfParts } from '../order/content-hash.ts';
import { checkEventTime } from '../records/event-time.ts';
import { identifier, measured, oneOf, required, time } from '../records/typed-members.ts';
import type { Micros } from '../time/micros.ts';
import { DELIVERY_TYPES, type DeliveryEvent } from './delivery-event.ts';

/** Part of the derived event id, so that it is another than that of an order's event of the same name. */
const TOPIC = 'deliveries';

/**
 * Reads the members of one record of topic `deliveries`.
 *
 * @param now the processor's clock, against which `occurred_at` is absurd when over 24 h ahead
 * @throws {Rejection} SCHEMA_MISSING or SCHEMA_INVALID with what is wrong
 */
export function decodeDelivery(members: Record<string, unknown>, now: Micros): DeliveryEvent {
  const orderId = required(identifier(members, 'order_id'), 'order_id');
  const eventType = required(oneOf(members, 'event_type', DELIVERY_TYPES), 'event_type');
  const occurredAt = required(time(members, 'occurred_at'), 'occurred_at');
  checkEventTime(occurredAt, 'occurred_at', now);
  const eventId = identifier(members, 'event_id') ?? derivedEventId(orderId, eventType, occurredAt, TOPIC);
  const said = {
    riderId: identifier(members, 'rider_id'),
    restaurantId: identifier(members, 'restaurant_id'),
    region: identifier(members, 'region'),
    promisedAt: time(members, 'promised_at'),
    reason: identifier(members, 'reason'),
    distanceKm: measured(members, 'distance_km'),
    routeSeconds: measured(members, 'route_seconds'),
  };
  return {
    ...{ orderId, eventType, occurredAt, eventId },
    ...said,
    producedAt: time(members, 'event_produced_at'),
    contentHash: hashOfParts([orderId, eventType, occurredAt, eventId, ...Object.values(said)]),
  };
}
