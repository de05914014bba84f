import { formatIso8601 } from '../../../domain/time/iso8601.ts';
import type {
  DeliverySaid,
  OrderSaid,
  PaymentSaid,
  RestaurantSaid,
  ReviewSaid,
  RiderSaid,
  WorldEvent,
} from '../world/world-event.ts';

const CURRENCY = 'KRW';

/** The value of the record that says an event: JSON as the contracts of its topic have it. */
export function renderEvent(event: WorldEvent): string {
  return JSON.stringify(membersOf(event));
}

/** Members that are null are left out. */
function membersOf(event: WorldEvent): Record<string, unknown> {
  switch (event.topic) {
    case 'orders':
      return ofOrder(event.value);
    case 'payments':
      return ofPayment(event.value);
    case 'deliveries':
      return ofDelivery(event.value);
    case 'riders':
      return ofRider(event.value);
    case 'restaurants':
      return ofRestaurant(event.value);
    case 'reviews':
      return ofReview(event.value);
  }
}

function ofOrder(said: OrderSaid): Record<string, unknown> {
  const { orderId, eventType, occurredAt, reasonCode } = said;
  const step = {
    order_id: orderId,
    event_type: eventType,
    occurred_at: formatIso8601(occurredAt),
    reason_code: reasonCode ?? undefined,
  };
  if (eventType !== 'ORDER_CREATED') return step;
  return {
    ...step,
    user_id: said.userId,
    product_id: said.productId,
    product_name: said.productName,
    shipping_address: said.address,
    quantity: 1,
    amount: said.amount,
    currency: CURRENCY,
    channel: 'app',
    region: said.region,
    seller_id: said.restaurantId,
    promised_at: formatIso8601(said.promisedAt),
  };
}

function ofPayment({
  orderId,
  eventType,
  occurredAt,
  method,
  amount,
  currency,
  region,
  reason,
}: PaymentSaid) {
  return {
    order_id: orderId,
    event_type: eventType,
    occurred_at: formatIso8601(occurredAt),
    method: method ?? undefined,
    amount: amount ?? undefined,
    currency: currency ?? undefined,
    region,
    reason: reason ?? undefined,
  };
}

function ofDelivery(said: DeliverySaid) {
  return {
    order_id: said.orderId,
    event_type: said.eventType,
    occurred_at: formatIso8601(said.occurredAt),
    rider_id: said.riderId ?? undefined,
    restaurant_id: said.restaurantId ?? undefined,
    region: said.region ?? undefined,
    promised_at: said.promisedAt === null ? undefined : formatIso8601(said.promisedAt),
    reason: said.reason ?? undefined,
    distance_km: said.distanceKm ?? undefined,
    route_seconds: said.routeSeconds ?? undefined,
  };
}

function ofRider({ riderId, eventType, occurredAt, region, latitude, longitude }: RiderSaid) {
  return {
    rider_id: riderId,
    event_type: eventType,
    occurred_at: formatIso8601(occurredAt),
    region: region ?? undefined,
    latitude: latitude === null ? undefined : degrees(latitude),
    longitude: longitude === null ? undefined : degrees(longitude),
  };
}

function ofRestaurant(said: RestaurantSaid) {
  return {
    restaurant_id: said.restaurantId,
    event_type: said.eventType,
    occurred_at: formatIso8601(said.occurredAt),
    order_id: said.orderId ?? undefined,
    region: said.region ?? undefined,
    reason: said.reason ?? undefined,
    latency_ms: said.latencyMs ?? undefined,
    prep_seconds: said.prepSeconds ?? undefined,
  };
}

function ofReview({ orderId, occurredAt, score, comment }: ReviewSaid) {
  return { order_id: orderId, occurred_at: formatIso8601(occurredAt), score, comment: comment ?? undefined };
}

/** Five decimals are a metre. */
function degrees(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
