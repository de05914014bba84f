import type { PaymentEvent } from '../../../domain/payments/payment.ts';
import type { DeliveryEvent } from '../../../domain/platform/delivery-event.ts';
import type { RestaurantEvent } from '../../../domain/platform/restaurant-event.ts';
import type { RiderEvent } from '../../../domain/platform/rider-event.ts';
import type { Micros } from '../../../domain/time/micros.ts';

export const PLATFORM_TOPICS = [
  'orders',
  'payments',
  'deliveries',
  'riders',
  'restaurants',
  'reviews',
] as const;

export type PlatformTopic = (typeof PLATFORM_TOPICS)[number];

/** Members that the producer leaves to the reader. */
type Derived = 'eventId' | 'producedAt' | 'contentHash';

export type OrderMilestone = 'ORDER_CREATED' | 'PAID' | 'PICKING' | 'SHIPPED' | 'DELIVERED' | 'CANCELED';

/** A step of an order's life. The world says all of the order each time; the records say most of it once. */
export interface OrderSaid {
  orderId: string;
  eventType: OrderMilestone;
  occurredAt: Micros;
  region: string;
  restaurantId: string;
  userId: string;
  productId: string;
  productName: string;
  address: string;
  /** In won. */
  amount: number;
  createdAt: Micros;
  promisedAt: Micros;
  /** CANCELED: why. */
  reasonCode: string | null;
}

export type PaymentSaid = Pick<
  PaymentEvent,
  'orderId' | 'eventType' | 'occurredAt' | 'method' | 'amount' | 'currency'
> & {
  region: string;
  /** FAILED: the provider's error. */
  reason: string | null;
};

export type DeliverySaid = Omit<DeliveryEvent, Derived>;
export type RiderSaid = Omit<RiderEvent, Derived>;
export type RestaurantSaid = Omit<RestaurantEvent, Derived>;

export interface ReviewSaid {
  orderId: string;
  occurredAt: Micros;
  /** 1 to 5. */
  score: number;
  comment: string | null;
  /** Of the order; the record does not say it. */
  region: string;
}

/** Something that happened in the world, as the platform says it. */
export type WorldEvent =
  | { topic: 'orders'; key: string; value: OrderSaid }
  | { topic: 'payments'; key: string; value: PaymentSaid }
  | { topic: 'deliveries'; key: string; value: DeliverySaid }
  | { topic: 'riders'; key: string; value: RiderSaid }
  | { topic: 'restaurants'; key: string; value: RestaurantSaid }
  | { topic: 'reviews'; key: string; value: ReviewSaid };
