import type { CustomerOrder } from '../../domain/churn/transaction-log.ts';
import { DAY, type Micros } from '../../domain/time/micros.ts';
import { PlatformWorld } from '../../simulator/platform/world/platform-world.ts';
import { WORLD_SIZES } from '../../simulator/platform/world/world-size.ts';

export interface PlatformCustomers {
  seed: string;
  from: Micros;
  days: number;
}

/**
 * Orders of the customers of a small simulated delivery platform, with those that came late or were refused: nobody has a
 * rhythm there, and who turns away orders less and less. The same for a seed.
 */
export function platformCustomers({ seed, from, days }: PlatformCustomers): CustomerOrder[] {
  const world = new PlatformWorld({ seed, start: from, size: WORLD_SIZES.small });
  const orders = new Map<string, CustomerOrder>();
  for (let day = 1; day <= days; day += 1) {
    for (const { topic, value } of world.step(from + day * DAY)) {
      if (topic !== 'orders') continue;
      const { orderId, eventType, occurredAt, userId, region, amount, promisedAt, reasonCode } = value;
      if (eventType === 'ORDER_CREATED') {
        const order = { customerId: userId, at: occurredAt, region, amount, lateAt: null, refusedAt: null };
        orders.set(orderId, order);
      }
      const order = orders.get(orderId);
      if (order === undefined) continue;
      if (eventType === 'DELIVERED' && occurredAt > promisedAt) order.lateAt = occurredAt;
      const isRefusal = reasonCode !== null && !reasonCode.startsWith('CUSTOMER');
      if (eventType === 'CANCELED' && isRefusal) order.refusedAt = occurredAt;
    }
  }
  return [...orders.values()].sort((a, b) => a.at - b.at || (a.customerId < b.customerId ? -1 : 1));
}
