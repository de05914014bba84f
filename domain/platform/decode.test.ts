import { describe, expect, it } from 'vitest';
import { decodeDelivery } from './decode-delivery.ts';
import { decodeRestaurant } from './decode-restaurant.ts';
import { decodeRider } from './decode-rider.ts';

const NOW = 1_772_409_600_000_000;
const AT = '2026-03-02T09:00:00+09:00';
const DELIVERY = { order_id: 'o1', event_type: 'ASSIGNED', occurred_at: AT };
const RIDER = { rider_id: 'r1', event_type: 'ONLINE', occurred_at: AT };
const RESTAURANT = { restaurant_id: 'm1', event_type: 'REFUSED', occurred_at: AT };

describe('decodeDelivery', () => {
  it('reads all members', () => {
    const said = {
      ...{ event_id: 'e1', rider_id: 'r1', restaurant_id: 'm1', region: 'Mapo-gu', reason: 'NO_ANSWER' },
      ...{ promised_at: AT, distance_km: 2.5, route_seconds: 540 },
    };
    expect(decodeDelivery({ ...DELIVERY, ...said }, NOW)).toMatchObject({
      ...{ orderId: 'o1', eventType: 'ASSIGNED', occurredAt: NOW, eventId: 'e1', riderId: 'r1' },
      ...{ restaurantId: 'm1', region: 'Mapo-gu', promisedAt: NOW, reason: 'NO_ANSWER' },
      ...{ distanceKm: 2.5, routeSeconds: 540 },
    });
  });
});

describe('decodeRider', () => {
  it('reads all members', () => {
    const said = { region: 'Mapo-gu', latitude: 37.55, longitude: -126.9 };
    expect(decodeRider({ ...RIDER, ...said }, NOW)).toMatchObject({
      ...{ riderId: 'r1', eventType: 'ONLINE', occurredAt: NOW, ...said },
    });
  });
});

describe('decodeRestaurant', () => {
  it('reads all members', () => {
    const said = {
      order_id: 'o1',
      region: 'Mapo-gu',
      reason: 'STAFF_SHORT',
      latency_ms: 0,
      prep_seconds: 1.5,
    };
    expect(decodeRestaurant({ ...RESTAURANT, ...said }, NOW)).toMatchObject({
      ...{ restaurantId: 'm1', eventType: 'REFUSED', occurredAt: NOW, orderId: 'o1', region: 'Mapo-gu' },
      ...{ reason: 'STAFF_SHORT', latencyMs: 0, prepSeconds: 1.5 },
    });
  });
});

const DECODERS = [
  ['deliveries', decodeDelivery, DELIVERY, { region: 'x' }, { route_seconds: 1 }],
  ['riders', decodeRider, RIDER, { region: 'x' }, { latitude: 1 }],
  ['restaurants', decodeRestaurant, RESTAURANT, { region: 'x' }, { latency_ms: 1 }],
] as const;

describe.each(DECODERS)('an event of %s', (_topic, decode, least, ...others) => {
  it('is the same when it is sent again, and another when anything else is said', () => {
    const event = decode(least, NOW);
    const again = { ...least, event_produced_at: AT, occurred_at: '2026-03-02T00:00:00Z' };
    expect(decode(again, NOW)).toMatchObject({ contentHash: event.contentHash, eventId: event.eventId });
    const hashes = [{}, ...others].map((more) => decode({ ...least, ...more }, NOW).contentHash);
    expect(new Set(hashes).size).toBe(3);
  });

  it.each([
    [{ occurred_at: '' }, 'SCHEMA_MISSING', 'occurred_at is missing'],
    [{ occurred_at: '2026-03-04T00:00:00Z' }, 'SCHEMA_INVALID', 'more than 24 h ahead'],
    [{ event_type: 'LOST' }, 'SCHEMA_INVALID', 'event_type must be one of'],
    [{ region: 7 }, 'SCHEMA_INVALID', 'region must be a string, not the number 7'],
  ])('is refused with %j', (more, type, reason) => {
    const members: Record<string, unknown> = { ...least, ...more };
    expect(() => decode(members, NOW)).toThrow(expect.objectContaining({ type }));
    expect(() => decode(members, NOW)).toThrow(reason);
  });
});

describe('what cannot be', () => {
  it.each([
    [() => decodeDelivery({ ...DELIVERY, order_id: null }, NOW), 'order_id is missing'],
    [() => decodeDelivery({ ...DELIVERY, distance_km: -1 }, NOW), 'distance_km must be a number from 0 to'],
    [() => decodeRider({ ...RIDER, latitude: 91 }, NOW), 'latitude must be a number from -90 to 90'],
    [
      () => decodeRider({ ...RIDER, longitude: '127' }, NOW),
      'longitude must be a number from -180 to 180, not a string',
    ],
    [
      () => decodeRestaurant({ ...RESTAURANT, reason: 'TIRED' }, NOW),
      'reason must be one of INGREDIENTS_OUT',
    ],
    [
      () => decodeRestaurant({ ...RESTAURANT, prep_seconds: Number.NaN }, NOW),
      'prep_seconds must be a number',
    ],
  ])('is refused with its name', (decode, reason) => {
    expect(decode).toThrow(reason);
  });
});
