import type { PaymentEvent } from '../payments/payment.ts';
import type { DeliveryEvent } from '../platform/delivery-event.ts';
import type { OrderFact } from '../platform/order-fact.ts';
import type { RestaurantEvent } from '../platform/restaurant-event.ts';
import type { RiderEvent } from '../platform/rider-event.ts';

/** What series are made of, by the topic it comes from; of orders and reviews it is their milestones. */
export type PlatformFact =
  | { topic: 'orders'; value: OrderFact }
  | {
      topic: 'deliveries';
      value: Pick<DeliveryEvent, 'occurredAt' | 'eventType' | 'region' | 'riderId' | 'routeSeconds'>;
    }
  | { topic: 'riders'; value: Pick<RiderEvent, 'occurredAt' | 'eventType' | 'region' | 'riderId'> }
  | {
      topic: 'restaurants';
      value: Pick<
        RestaurantEvent,
        'occurredAt' | 'eventType' | 'region' | 'restaurantId' | 'reason' | 'latencyMs' | 'prepSeconds'
      >;
    }
  | { topic: 'payments'; value: Pick<PaymentEvent, 'occurredAt' | 'eventType' | 'method'> };
