import { MINUTE, type Micros, SECOND } from '../../../domain/time/micros.ts';
import type { Prng } from '../../timing/prng.ts';
import type { SendQueue } from '../../timing/send-queue.ts';
import { PAYMENT_METHODS } from '../incidents/incident.ts';
import type { Trouble } from '../incidents/trouble.ts';
import type { Population } from '../people/population.ts';
import type { Place } from '../places/districts.ts';
import type { Courier } from './courier.ts';
import type { Emit } from './emit.ts';
import type { Kitchens } from './kitchens.ts';
import type { Order } from './order.ts';
import type { OrderMilestone } from './world-event.ts';

export interface OrderDeskContext {
  places: readonly Place[];
  population: Population;
  kitchens: Kitchens;
  courier: Courier;
  trouble: Trouble;
  /** What is to happen later, by its time. */
  agenda: SendQueue<() => void>;
  emit: Emit;
  /** Begins every order_id. */
  prefix: string;
}

const METHOD_SHARES = [0.5, 0.22, 0.18, 0.1];
const PAYMENT_FAILS = 0.02;
const ORDINARY_ERRORS = ['CARD_DECLINED', 'INSUFFICIENT_FUNDS', 'AUTHENTICATION_FAILED'] as const;
const OUTAGE_ERRORS = ['GATEWAY_TIMEOUT', 'GATEWAY_ERROR'] as const;
const MOST_PAYMENT_TRIES = 3;
const CHANGES_MIND = 0.015;
const NO_ANSWER_AFTER = 8 * MINUTE;
const MEDIAN_AMOUNT = 23_000;
const SLACK_MINUTES = 9;
const MEDIAN_KILOMETRES = 1.7;

/** Takes orders and brings each through payment, kitchen and delivery; says each step. */
export class OrderDesk {
  readonly #context: OrderDeskContext;
  #taken = 0;
  /** Orders that are neither delivered nor canceled. */
  readonly live = new Set<Order>();
  /** Minutes added to promised times, by region or restaurant. */
  readonly promiseExtra = new Map<string, number>();

  constructor(context: OrderDeskContext) {
    this.#context = context;
  }

  /** Somebody in a district is hungry. Nothing happens when no restaurant will do. */
  take(district: number, rng: Prng, at: Micros): void {
    const { population, kitchens, places, prefix } = this.#context;
    const restaurant = kitchens.choose(district, rng, at);
    if (restaurant === null) return;
    const customer = population.pick(district, rng, at);
    const place = places[district] as Place;
    const kilometres = Math.min(rng.lognormal(MEDIAN_KILOMETRES, 0.4), 6);
    const order: Order = {
      orderId: `${prefix}${(++this.#taken).toString(36).toUpperCase().padStart(6, '0')}`,
      rng,
      customer,
      restaurant,
      dish: rng.pick(restaurant.dishes),
      address: `${rng.int(1, 480)} ${place.road}, ${place.name}, Seoul`,
      district,
      region: place.name,
      method: pickMethod(rng),
      amount: Math.round(rng.lognormal(MEDIAN_AMOUNT, 0.35) / 100) * 100,
      createdAt: at,
      promisedAt: 0,
      paid: false,
      over: false,
      rider: null,
      arrivedAt: null,
      readyAt: null,
      kilometres,
      notified: false,
    };
    order.promisedAt = this.#promise(order);
    this.live.add(order);
    this.#say(order, 'ORDER_CREATED', at);
    this.#later(at, rng.between(5, 25), (now) => this.#pay(order, order.method, 1, now));
    if (rng.chance(CHANGES_MIND))
      this.#later(at, rng.between(30, 400), (now) => {
        if (order.rider === null) this.cancel(order, 'CUSTOMER_CHANGED_MIND', now);
      });
  }

  /** Ends an order before its delivery; gives the money back. */
  cancel(order: Order, reasonCode: string, at: Micros, disappointment = 0): void {
    if (order.over) return;
    this.#end(order);
    this.#say(order, 'CANCELED', at, reasonCode);
    if (disappointment > 0)
      this.#context.population.experience(order.customer, -disappointment, at, order.rng);
    if (!order.paid) return;
    this.#sayPayment(order, 'REFUND_REQUESTED', order.method, at);
    this.#later(at, order.rng.between(60, 900), (now) =>
      this.#sayPayment(order, 'REFUNDED', order.method, now),
    );
  }

  /** The delivery began, or came to its end. */
  milestone(order: Order, eventType: OrderMilestone, at: Micros): void {
    if (eventType === 'DELIVERED') this.#end(order);
    this.#say(order, eventType, at);
  }

  #pay(order: Order, method: string, attempt: number, at: Micros): void {
    if (order.over) return;
    const { rng } = order;
    const outage = this.#context.trouble.paymentFailureOf(method, at);
    const broken = rng.chance(outage);
    if (broken || rng.chance(PAYMENT_FAILS)) {
      this.#sayPayment(order, 'FAILED', method, at, rng.pick(broken ? OUTAGE_ERRORS : ORDINARY_ERRORS));
      if (attempt >= MOST_PAYMENT_TRIES || rng.chance(0.35)) {
        this.cancel(order, 'PAYMENT_FAILED', at, 0.08);
        return;
      }
      const next = rng.chance(0.3) ? rng.pick(PAYMENT_METHODS) : method;
      this.#later(at, rng.between(15, 60), (now) => this.#pay(order, next, attempt + 1, now));
      return;
    }
    order.method = method;
    order.paid = true;
    this.#sayPayment(order, 'APPROVED', method, at);
    this.#later(at, 1, (now) => {
      if (order.over) return;
      this.#say(order, 'PAID', now);
      this.#ask(order, now);
    });
  }

  /** Asks the restaurant, which answers after a while, or never. */
  #ask(order: Order, at: Micros): void {
    const { trouble } = this.#context;
    const { restaurant, rng } = order;
    if (trouble.isDown(restaurant, at)) {
      this.#later(at, NO_ANSWER_AFTER / SECOND, (now) =>
        this.cancel(order, 'RESTAURANT_NO_ANSWER', now, 0.15),
      );
      return;
    }
    const latencyMs = Math.round(
      rng.lognormal(restaurant.answerMs, 0.45) * trouble.slownessOf(restaurant, at),
    );
    this.#later(at, latencyMs / 1_000, (now) => this.#answer(order, latencyMs, now));
  }

  #answer(order: Order, latencyMs: number, at: Micros): void {
    if (order.over) return;
    const { kitchens, trouble, courier } = this.#context;
    const { restaurant, rng, orderId } = order;
    const reason = trouble.refusalOf(restaurant, restaurant.refusal, rng, at);
    if (reason !== null) {
      kitchens.say(restaurant, 'REFUSED', at, { orderId, reason, latencyMs });
      this.cancel(order, `REFUSED_${reason}`, at, 0.12);
      return;
    }
    kitchens.say(restaurant, 'ACCEPTED', at, { orderId, latencyMs });
    const prepSeconds = Math.round(
      rng.lognormal(restaurant.prepSeconds, 0.25) * trouble.prepFactorOf(restaurant, at),
    );
    this.#later(at, rng.between(5, 40), (now) => {
      if (order.over) return;
      kitchens.say(restaurant, 'PREP_STARTED', now, { orderId });
      this.#say(order, 'PICKING', now);
      this.#later(now, prepSeconds, (ready) => {
        if (order.over) return;
        kitchens.say(restaurant, 'READY', ready, { orderId, prepSeconds });
        courier.ready(order, ready);
      });
    });
    // The platform expects the kitchen to be as quick as ever, and sends for a rider in time.
    const ahead = Math.max(restaurant.prepSeconds - 6 * 60, 20);
    this.#later(at, ahead, (now) => courier.request(order, now));
  }

  #promise(order: Order): Micros {
    const { courier } = this.#context;
    const { restaurant, region, createdAt } = order;
    const extra =
      (this.promiseExtra.get(region) ?? 0) + (this.promiseExtra.get(restaurant.restaurantId) ?? 0);
    const seconds = restaurant.prepSeconds + 90 + courier.quoteSeconds(order, createdAt);
    return Math.ceil((createdAt + seconds * SECOND + (SLACK_MINUTES + extra) * MINUTE) / MINUTE) * MINUTE;
  }

  #end(order: Order): void {
    order.over = true;
    this.live.delete(order);
  }

  #later(at: Micros, seconds: number, then: (now: Micros) => void): void {
    const due = at + Math.max(Math.round(seconds * SECOND), 1);
    this.#context.agenda.push(due, () => then(due));
  }

  #say(order: Order, eventType: OrderMilestone, occurredAt: Micros, reasonCode: string | null = null): void {
    const { orderId, region, restaurant, customer, dish, address, amount, createdAt, promisedAt } = order;
    this.#context.emit({
      topic: 'orders',
      key: orderId,
      // Written out: a spread costs ten times as much, and there are six of these an order.
      value: {
        orderId,
        eventType,
        occurredAt,
        region,
        restaurantId: restaurant.restaurantId,
        userId: customer.customerId,
        productId: dish.productId,
        productName: dish.name,
        address,
        amount,
        createdAt,
        promisedAt,
        reasonCode,
      },
    });
  }

  #sayPayment(
    { orderId, amount, region }: Order,
    eventType: 'APPROVED' | 'FAILED' | 'REFUND_REQUESTED' | 'REFUNDED',
    method: string,
    occurredAt: Micros,
    reason: string | null = null,
  ): void {
    const value = { orderId, eventType, occurredAt, method, amount, currency: 'KRW', region, reason };
    this.#context.emit({ topic: 'payments', key: orderId, value });
  }
}

function pickMethod(rng: Prng): string {
  let left = rng.next();
  for (const [i, share] of METHOD_SHARES.entries()) {
    left -= share;
    if (left < 0) return PAYMENT_METHODS[i] as string;
  }
  return PAYMENT_METHODS[0];
}
