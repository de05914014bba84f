import type { MilestoneKind } from '../../../domain/delivery/milestone.ts';
import { secondsBetween } from '../../../domain/platform/order-fact.ts';
import type { PlatformFact } from '../../../domain/series/platform-fact.ts';
import type { Micros } from '../../../domain/time/micros.ts';
import type { OrderMilestone, OrderSaid, WorldEvent } from '../world/world-event.ts';

const KINDS: Partial<Record<OrderMilestone, MilestoneKind>> = {
  ORDER_CREATED: 'CREATED',
  SHIPPED: 'HANDED_OVER',
  DELIVERED: 'DELIVERED',
  CANCELED: 'CANCELED',
};

/** Turns what a world says into the facts that the processor would make of it, without Kafka and database. */
export class PlatformFacts {
  /** Of the orders that are on their way. */
  readonly #handedOver = new Map<string, Micros>();

  /** Null for what no series is made of. */
  of(event: WorldEvent): PlatformFact | null {
    switch (event.topic) {
      case 'orders':
        return this.#ofOrder(event.value);
      case 'reviews': {
        const { orderId, occurredAt, score, region } = event.value;
        return {
          topic: 'orders',
          value: { ...NOTHING, at: occurredAt, orderId, kind: 'REVIEWED', region, score },
        };
      }
      default:
        return event;
    }
  }

  #ofOrder({
    orderId,
    eventType,
    occurredAt,
    region,
    restaurantId,
    amount,
    createdAt,
    promisedAt,
  }: OrderSaid) {
    const kind = KINDS[eventType];
    if (kind === undefined) return null;
    if (kind === 'HANDED_OVER') this.#handedOver.set(orderId, occurredAt);
    const handedOverAt = this.#handedOver.get(orderId) ?? null;
    const isDelivered = kind === 'DELIVERED';
    if (isDelivered || kind === 'CANCELED') this.#handedOver.delete(orderId);
    return {
      topic: 'orders' as const,
      value: {
        at: occurredAt,
        orderId,
        kind,
        region,
        restaurantId,
        amount,
        totalSeconds: isDelivered ? secondsBetween(createdAt, occurredAt) : null,
        transitSeconds: isDelivered ? secondsBetween(handedOverAt, occurredAt) : null,
        promisedAt,
        score: null,
      },
    };
  }
}

const NOTHING = {
  restaurantId: null,
  amount: null,
  totalSeconds: null,
  transitSeconds: null,
  promisedAt: null,
} as const;
