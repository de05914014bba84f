import { MINUTE, type Micros, SECOND } from '../../../domain/time/micros.ts';
import type { SendQueue } from '../../timing/send-queue.ts';
import type { Trouble } from '../incidents/trouble.ts';
import type { Population } from '../people/population.ts';
import type { Emit } from './emit.ts';
import type { Fleet, Rider } from './fleet.ts';
import type { Order } from './order.ts';
import type { Surroundings } from './surroundings.ts';
import type { OrderMilestone } from './world-event.ts';

export interface CourierContext {
  districts: readonly string[];
  fleet: Fleet;
  surroundings: Surroundings;
  trouble: Trouble;
  population: Population;
  agenda: SendQueue<() => void>;
  emit: Emit;
  milestone(order: Order, eventType: OrderMilestone, at: Micros): void;
  cancel(order: Order, reasonCode: string, at: Micros, disappointment: number): void;
}

/** Seconds a kilometre on free roads, as a scooter goes, and for doors and stairs. */
const SECONDS_PER_KM = 190;
const DOORSTEP_SECONDS = 120;
const PICK_UP_SECONDS = 270;
const HAND_OVER_SECONDS = 45;
const RETURN_SECONDS = 90;
const FAILS = 0.008;
const FAILURES = ['CUSTOMER_ABSENT', 'ADDRESS_NOT_FOUND', 'ACCIDENT'] as const;
/** What an order takes of a rider's time, for quoting how long somebody waits for one. */
const MINUTES_PER_ORDER = 17;
const PATIENCE = { least: 15, mean: 20 };
const REVIEWS = 0.2;

/** Finds riders for orders, and brings meals to people. */
export class Courier {
  readonly #context: CourierContext;
  /** Orders that wait for a rider, by district, oldest first. */
  readonly #waiting: Order[][];

  constructor(context: CourierContext) {
    this.#context = context;
    this.#waiting = context.districts.map(() => []);
  }

  /** Minutes that an order waits for a rider now, about. */
  waitMinutes(district: number): number {
    const waiting = (this.#waiting[district] as Order[]).length;
    return waiting === 0
      ? 0
      : (waiting * MINUTES_PER_ORDER) / Math.max(this.#context.fleet.atWorkIn(district), 1);
  }

  /** What a customer is told that rider and road will take, in seconds: as usual, and half of what the wait is now. */
  quoteSeconds({ district, kilometres }: Order, at: Micros): number {
    const usual = this.#context.surroundings.usualCongestionAt(at);
    const road = (kilometres * SECONDS_PER_KM * 1.1 + DOORSTEP_SECONDS) * usual;
    return road + (this.waitMinutes(district) / 2) * 60;
  }

  request(order: Order, at: Micros): void {
    if (order.over) return;
    const rider = this.#context.fleet.take(order.district, order.rng, at);
    if (rider !== null) {
      this.#assign(order, rider, at);
      return;
    }
    (this.#waiting[order.district] as Order[]).push(order);
    const patience = PATIENCE.least + order.rng.exponential(PATIENCE.mean);
    this.#later(at, patience * 60, (now) => {
      if (order.rider === null) this.#context.cancel(order, 'WAITED_TOO_LONG', now, 0.25);
    });
  }

  ready(order: Order, at: Micros): void {
    order.readyAt = at;
    if (order.arrivedAt !== null) this.#handOver(order, at);
  }

  /** Gives idle riders of a district to those who wait. */
  serve(district: number, at: Micros): void {
    const { fleet } = this.#context;
    while (fleet.idleIn(district) > 0) {
      const order = this.#longestWaiting(district);
      if (order === null) return;
      this.#assign(order, fleet.take(district, order.rng, at) as Rider, at);
    }
  }

  /** Takes whoever has waited longest out of the queue; null when nobody waits. */
  #longestWaiting(district: number): Order | null {
    // Whoever gave up is not in front of the others, and not counted with them.
    const waiting = (this.#waiting[district] as Order[]).filter(({ over }) => !over);
    this.#waiting[district] = waiting;
    return waiting.shift() ?? null;
  }

  #assign(order: Order, rider: Rider, at: Micros): void {
    order.rider = rider;
    this.#say(order, 'ASSIGNED', at);
    const slow = this.#slowness(order, at);
    this.#later(at, order.rng.lognormal(PICK_UP_SECONDS, 0.3) * slow, (now) => {
      if (order.over) {
        this.#free(rider, now);
        return;
      }
      order.arrivedAt = now;
      if (order.readyAt !== null) this.#handOver(order, now);
    });
  }

  #handOver(order: Order, at: Micros): void {
    this.#later(at, HAND_OVER_SECONDS, (now) => this.#depart(order, now));
  }

  #depart(order: Order, at: Micros): void {
    const { trouble, surroundings, milestone } = this.#context;
    const { region, rng, kilometres } = order;
    const detour = trouble.detourOf(region, at);
    const distanceKm = Math.round(kilometres * 1.15 * detour * 100) / 100;
    const routeSeconds = Math.round(
      (distanceKm * SECONDS_PER_KM + DOORSTEP_SECONDS) * surroundings.usualCongestionAt(at),
    );
    this.#say(order, 'HANDED_OVER', at, { distanceKm, routeSeconds });
    milestone(order, 'SHIPPED', at);
    const seconds = routeSeconds * this.#slowness(order, at) * rng.lognormal(1, 0.2);
    if (seconds > 180)
      this.#later(at, 60, (now) => this.#say(order, 'IN_TRANSIT', now, { distanceKm, routeSeconds }));
    this.#later(at, seconds, (now) => this.#arrive(order, now));
  }

  #arrive(order: Order, at: Micros): void {
    const { milestone, cancel } = this.#context;
    const { rng, rider } = order;
    if (rng.chance(FAILS)) {
      this.#say(order, 'FAILED', at, { reason: rng.pick(FAILURES) });
      cancel(order, 'DELIVERY_FAILED', at, 0.25);
    } else {
      this.#say(order, 'DELIVERED', at);
      milestone(order, 'DELIVERED', at);
      this.#judge(order, at);
    }
    if (rider !== null) this.#later(at, rng.lognormal(RETURN_SECONDS, 0.3), (now) => this.#free(rider, now));
  }

  /** What the customer thinks of it, and perhaps says. */
  #judge(order: Order, at: Micros): void {
    const { population, emit } = this.#context;
    const { customer, rng, promisedAt, createdAt, region, orderId, notified } = order;
    const lateMinutes = Math.max((at - promisedAt) / MINUTE, 0);
    const minutes = (at - createdAt) / MINUTE;
    const disappointment = Math.min(lateMinutes / 50, 0.4) * (notified ? 0.5 : 1);
    population.experience(customer, lateMinutes === 0 ? 0.03 : -disappointment, at, rng);
    if (!rng.chance(REVIEWS)) return;
    const felt = 5.4 - lateMinutes / 7 - Math.max(minutes - 40, 0) / 25 - (1 - customer.satisfaction) * 1.5;
    const score = Math.min(Math.max(Math.round(felt + rng.lognormal(1, 0.5) - 1.3), 1), 5);
    const comment = score <= 2 ? 'It came late and cold.' : null;
    this.#later(at, 600 + rng.exponential(3 * 3_600), (now) =>
      emit({ topic: 'reviews', key: orderId, value: { orderId, occurredAt: now, score, comment, region } }),
    );
  }

  #free(rider: Rider, at: Micros): void {
    const { fleet } = this.#context;
    // Who is given the next order at once is never idle in between, and does not say so.
    const next = fleet.mayStay(rider, at) ? this.#longestWaiting(rider.district) : null;
    if (next === null) fleet.release(rider, at);
    else this.#assign(next, rider, at);
  }

  /** Factor on the time on the road that is usual at this hour. */
  #slowness({ region }: Order, at: Micros): number {
    const { surroundings, trouble } = this.#context;
    const traffic = 1 + (surroundings.unusualTrafficAt(region, at) - 1) * trouble.jamLeftOf(region, at);
    return traffic * surroundings.slownessAt(region, at);
  }

  #say(
    { orderId, rider, restaurant, region, promisedAt }: Order,
    eventType: 'ASSIGNED' | 'HANDED_OVER' | 'IN_TRANSIT' | 'DELIVERED' | 'FAILED',
    occurredAt: Micros,
    more: { distanceKm?: number; routeSeconds?: number; reason?: string } = {},
  ): void {
    this.#context.emit({
      topic: 'deliveries',
      key: orderId,
      value: {
        orderId,
        eventType,
        occurredAt,
        riderId: rider?.riderId ?? null,
        restaurantId: restaurant.restaurantId,
        region,
        promisedAt,
        reason: more.reason ?? null,
        distanceKm: more.distanceKm ?? null,
        routeSeconds: more.routeSeconds ?? null,
      },
    });
  }

  #later(at: Micros, seconds: number, then: (now: Micros) => void): void {
    const due = at + Math.max(Math.round(seconds * SECOND), 1);
    this.#context.agenda.push(due, () => then(due));
  }
}
