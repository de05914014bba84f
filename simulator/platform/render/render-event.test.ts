import { expect, it } from 'vitest';
import { decodeOrderEvent } from '../../../domain/order/decode-event.ts';
import { decodePayment } from '../../../domain/payments/decode-payment.ts';
import { decodeDelivery } from '../../../domain/platform/decode-delivery.ts';
import { decodeRestaurant } from '../../../domain/platform/decode-restaurant.ts';
import { decodeRider } from '../../../domain/platform/decode-rider.ts';
import { decodeReview } from '../../../domain/reviews/decode-review.ts';
import { HOUR, type Micros } from '../../../domain/time/micros.ts';
import { PlatformWorld } from '../world/platform-world.ts';
import type { PlatformTopic } from '../world/world-event.ts';
import { renderEvent } from './render-event.ts';

const START: Micros = Date.UTC(2026, 2, 4, 8) * 1_000;
const NOW = START + 24 * HOUR;

const DECODERS: Readonly<Record<PlatformTopic, (members: Record<string, unknown>, now: Micros) => object>> = {
  orders: decodeOrderEvent,
  payments: decodePayment,
  deliveries: decodeDelivery,
  riders: decodeRider,
  restaurants: decodeRestaurant,
  reviews: decodeReview,
};

it('says what happened so that the processor reads the same', () => {
  const world = new PlatformWorld({
    seed: 'render',
    start: START,
    size: { districts: 1, restaurantsPerDistrict: 3, ordersPerDay: 1_500 },
  });
  world.inject({
    ...{ incidentId: 'I-1', kind: 'REFUSALS', region: null, restaurant: 'R-0001', method: null },
    ...{ reason: 'STAFF_SHORT', from: START, to: NOW, strength: 0.5 },
  });
  const seen = new Set<string>();
  for (const event of world.step(START + 3 * HOUR)) {
    const members = JSON.parse(renderEvent(event)) as Record<string, unknown>;
    const decoded = DECODERS[event.topic](members, NOW) as Record<string, unknown>;
    expect(decoded.occurredAt).toBe(event.value.occurredAt);
    const { eventType } = event.value as { eventType?: string };
    seen.add(`${event.topic} ${eventType}`);
    if (event.topic === 'orders') {
      expect(decoded).toMatchObject({ known: true, orderId: event.key, reasonCode: event.value.reasonCode });
      if (eventType !== 'ORDER_CREATED') continue;
      const { region, amount, promisedAt, userId, restaurantId, address } = event.value;
      const fields = { region, amount, promisedAt, userId, sellerId: restaurantId, shippingAddress: address };
      expect(decoded.fields).toMatchObject(fields);
    } else if (event.topic === 'reviews') expect(decoded.score).toBe(event.value.score);
    else if (event.topic === 'riders')
      expect(decoded).toMatchObject({ riderId: event.key, region: event.value.region });
    else expect(decoded).toMatchObject(event.value);
  }
  const all = ['orders CANCELED', 'orders DELIVERED', 'payments REFUND_REQUESTED', 'deliveries IN_TRANSIT'];
  for (const kind of [
    ...all,
    'riders BUSY',
    'restaurants REFUSED',
    'restaurants HEARTBEAT',
    'reviews undefined',
  ])
    expect(seen).toContain(kind);
});
