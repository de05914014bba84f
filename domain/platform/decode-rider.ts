import { derivedEventId, hashOfParts } from '../order/content-hash.ts';
import { checkEventTime } from '../records/event-time.ts';
import { degrees, identifier, oneOf, required, time } from '../records/typed-members.ts';
import type { Micros } from '../time/micros.ts';
import { RIDER_TYPES, type RiderEvent } from './rider-event.ts';

const TOPIC = 'riders';

/**
 * Reads the members of one record of topic `riders`.
 *
 * @param now the processor's clock, against which `occurred_at` is absurd when over 24 h ahead
 * @throws {Rejection} SCHEMA_MISSING or SCHEMA_INVALID with what is wrong
 */
export function decodeRider(members: Record<string, unknown>, now: Micros): RiderEvent {
  const riderId = required(identifier(members, 'rider_id'), 'rider_id');
  const eventType = required(oneOf(members, 'event_type', RIDER_TYPES), 'event_type');
  const occurredAt = required(time(members, 'occurred_at'), 'occurred_at');
  checkEventTime(occurredAt, 'occurred_at', now);
  const eventId = identifier(members, 'event_id') ?? derivedEventId(riderId, eventType, occurredAt, TOPIC);
  const said = {
    region: identifier(members, 'region'),
    latitude: degrees(members, 'latitude', 90),
    longitude: degrees(members, 'longitude', 180),
  };
  return {
    ...{ riderId, eventType, occurredAt, eventId },
    ...said,
    producedAt: time(members, 'event_produced_at'),
    contentHash: hashOfParts([riderId, eventType, occurredAt, eventId, ...Object.values(said)]),
  };
}
