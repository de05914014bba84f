import type { CustomerOrder } from '../../domain/churn/transaction-log.ts';
import { uniform } from '../../domain/statistics/uniform.ts';
import { DAY, HOUR, type Micros } from '../../domain/time/micros.ts';

export interface MadeUpCustomers {
  seed: number;
  customers: number;
  /** When the first may come; they come evenly over the first two thirds of the time. */
  from: Micros;
  days: number;
}

/** Chance to leave after an order, and what is added for one that came late or was refused. */
const LEAVES = 0.04;
const LEAVES_AFTER_LATE = 0.1;
const LEAVES_AFTER_REFUSAL = 0.16;
const LATE = 0.12;
const REFUSED = 0.04;
/** Erlang: gaps of a customer are more regular than chance, for there is a weekly rhythm in eating. */
const REGULARITY = 3;

/**
 * Orders of customers who each have a rhythm of their own, log-normal between customers, and leave for good after an order:
 * rather after one that came late or was refused. The same for a seed.
 */
export function madeUpCustomers({ seed, customers, from, days }: MadeUpCustomers): CustomerOrder[] {
  const random = uniform(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const orders: CustomerOrder[] = [];
  for (let i = 0; i < customers; i += 1) {
    const customerId = `customer-${String(i).padStart(6, '0')}`;
    const meanGap = Math.exp(Math.log(9) + 0.8 * normal()) * DAY;
    const value = Math.exp(Math.log(24_000) + 0.4 * normal());
    const region = `district-${1 + (i % 3)}`;
    let at = from + Math.floor(random() * days * (2 / 3) * DAY);
    while (at < from + days * DAY) {
      const [late, refused] = [random() < LATE, random() < REFUSED];
      orders.push({
        ...{ customerId, at, region, amount: Math.round(value * Math.exp(0.3 * normal())) },
        lateAt: late && !refused ? at + HOUR : null,
        refusedAt: refused ? at + HOUR / 6 : null,
      });
      const leaves = LEAVES + (refused ? LEAVES_AFTER_REFUSAL : late ? LEAVES_AFTER_LATE : 0);
      if (random() < leaves) break;
      let gap = 0;
      for (let part = 0; part < REGULARITY; part += 1) gap -= Math.log(1 - random()) / REGULARITY;
      at += Math.max(HOUR, Math.floor(gap * meanGap));
    }
  }
  return orders.sort((a, b) => a.at - b.at || (a.customerId < b.customerId ? -1 : 1));
}
