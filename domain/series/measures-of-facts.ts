import type { PaymentType } from '../payments/payment.ts';
import type { OrderFact } from '../platform/order-fact.ts';
import { ALL, type Dimension } from './dimensions.ts';
import type { Measure } from './measures.ts';
import type { PlatformFact } from './platform-fact.ts';

/** One value of one measure. */
export interface Measured {
  measure: Measure;
  /** 1 for what is only counted. */
  value: number;
  /** Set for what is counted once, however often it is said. */
  who?: string;
}

export interface MeasuredFact {
  measured: readonly Measured[];
  /** The fact's values in the dimensions; without one it takes no part in that dimension. */
  places: Readonly<Partial<Record<Dimension, string>>>;
}

/** What a fact adds to the measures of its step. */
export function measuresOf(fact: PlatformFact): MeasuredFact {
  switch (fact.topic) {
    case 'orders':
      return {
        measured: ofOrder(fact.value),
        places: placesOf({ region: fact.value.region, restaurant: fact.value.restaurantId }),
      };
    case 'deliveries':
      return {
        measured: ofDelivery(fact.value),
        places: placesOf({ region: fact.value.region, rider: fact.value.riderId }),
      };
    case 'riders':
      return {
        measured: ofRider(fact.value.eventType, fact.value.riderId),
        places: placesOf({ region: fact.value.region }),
      };
    case 'restaurants':
      return {
        measured: ofRestaurant(fact.value),
        places: placesOf({ region: fact.value.region, restaurant: fact.value.restaurantId }),
      };
    case 'payments':
      return {
        measured: ofPayment(fact.value.eventType),
        places: placesOf({ method: fact.value.method, all: ALL }),
      };
  }
}

function ofOrder({ kind, amount, totalSeconds, transitSeconds, score }: OrderFact): Measured[] {
  switch (kind) {
    case 'CREATED':
      return [counted('created'), ...valued('amount', amount)];
    case 'CANCELED':
      return [counted('canceled')];
    case 'DELIVERED':
      return [...valued('delivery_seconds', totalSeconds), ...valued('transit_seconds', transitSeconds)];
    case 'REVIEWED':
      return valued('review_score', score);
    default:
      return [];
  }
}

function ofDelivery({
  eventType,
  routeSeconds,
}: Extract<PlatformFact, { topic: 'deliveries' }>['value']): Measured[] {
  if (eventType === 'HANDED_OVER') return valued('route_seconds', routeSeconds);
  if (eventType === 'FAILED') return [counted('delivery_ended'), counted('delivery_failed')];
  return eventType === 'DELIVERED' ? [counted('delivery_ended')] : [];
}

function ofRider(eventType: string, riderId: string): Measured[] {
  const there: Measured = { measure: 'riders_there', value: 1, who: riderId };
  if (eventType === 'ONLINE') return [there, { measure: 'riders_waiting', value: 1, who: riderId }];
  return eventType === 'BUSY' ? [there] : [];
}

function ofRestaurant(said: Extract<PlatformFact, { topic: 'restaurants' }>['value']): Measured[] {
  switch (said.eventType) {
    case 'ACCEPTED':
      return [counted('answered')];
    case 'REFUSED':
      return [counted('answered'), counted('refused')];
    case 'READY':
      return valued('prep_seconds', said.prepSeconds);
    case 'HEARTBEAT':
      return [counted('heartbeats'), ...valued('response_ms', said.latencyMs)];
    default:
      return [];
  }
}

function ofPayment(eventType: PaymentType): Measured[] {
  switch (eventType) {
    case 'APPROVED':
      return [counted('payment_attempts')];
    case 'FAILED':
      return [counted('payment_attempts'), counted('payment_failed')];
    case 'REFUNDED':
      return [counted('refunds')];
    default:
      return [];
  }
}

function counted(measure: Measure): Measured {
  return { measure, value: 1 };
}

function valued(measure: Measure, value: number | null): Measured[] {
  return value === null ? [] : [{ measure, value }];
}

function placesOf(places: Partial<Record<Dimension, string | null>>): Partial<Record<Dimension, string>> {
  return Object.fromEntries(Object.entries(places).filter(([, value]) => value !== null)) as Partial<
    Record<Dimension, string>
  >;
}
