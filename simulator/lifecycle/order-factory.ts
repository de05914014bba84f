import type { Product } from '../catalogue/products.ts';
import type { Customer } from '../people/customers.ts';
import type { Scenario } from '../record.ts';
import type { Prng } from '../timing/prng.ts';
import type { Channel, Order, Step } from './order.ts';
import type { PlannedEvent } from './plan.ts';

/** Share of the channels in percent. */
const CHANNELS: ReadonlyArray<readonly [Channel, number]> = [
  ['app', 46],
  ['web', 22],
  ['openmarket', 18],
  ['live', 8],
  ['partner', 6],
];

const PROMISE_MS = 48 * 3_600_000;

/** What an order is made of; times in ms since the epoch on the simulated clock. */
export interface OrderRequest {
  scenario: Scenario;
  customer: Customer;
  product: Product;
  created: number;
  channel: Channel;
  quantity?: number;
  plan: readonly PlannedEvent[];
}

export function pickChannel(rng: Prng): Channel {
  let at = rng.next() * 100;
  for (const [channel, share] of CHANNELS) {
    at -= share;
    if (at < 0) return channel;
  }
  return 'app';
}

/** Numbers the run's orders and turns plans into orders ready to be sent. */
export class OrderFactory {
  readonly #prefix: string;
  readonly #compress: number;
  #made = 0;

  /** @param prefix begins every order_id of the run */
  constructor(prefix: string, compress: number) {
    this.#prefix = prefix;
    this.#compress = compress;
  }

  make(rng: Prng, request: OrderRequest): Order {
    const { product, customer, created } = request;
    const sequence = this.#made++;
    const quantity = request.quantity ?? (rng.chance(0.82) ? 1 : rng.int(2, 4));
    return {
      sequence,
      id: `${this.#prefix}${sequence.toString(36).toUpperCase().padStart(7, '0')}`,
      scenario: request.scenario,
      customer,
      product,
      channel: request.channel,
      quantity,
      amount: product.price * quantity,
      created,
      promised: created + PROMISE_MS / this.#compress,
      userJson: `"${customer.userId}"`,
      addressJson: customer.lineJson,
      invalid: false,
      traits: (rng.uint32() | rng.uint32()) & 255,
      steps: toSteps(rng, created, request.plan),
      cursor: 0,
    };
  }
}

/** Events reach Kafka 20 to 400 ms after they happened, and never before the one ahead of them. */
function toSteps(rng: Prng, created: number, plan: readonly PlannedEvent[]): Step[] {
  let at = 0;
  return plan.map((event, i) => {
    const occurred = Math.floor(created + event.after);
    const produced = occurred + rng.int(5, 120);
    at = Math.max(produced + rng.int(15, 280), at);
    const step: Step = { type: event.type, occurred, produced, at, number: i + 1, copy: 'first' };
    if (event.reason !== undefined) step.reason = event.reason;
    return step;
  });
}
