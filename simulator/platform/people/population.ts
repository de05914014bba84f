import { DAY, MINUTE, type Micros } from '../../../domain/time/micros.ts';
import type { Prng } from '../../timing/prng.ts';
import { WeightedSampler } from './weighted-sampler.ts';

/** Why somebody orders less and less: for no reason that has to do with us, for what happened to them, or for a rival. */
export type ChurnReason = 'DRIFT' | 'EXPERIENCE' | 'RIVAL';

/** Somebody who orders, with what nobody outside knows of them. */
export interface Customer {
  customerId: string;
  district: number;
  /** Orders a week of somebody content. */
  ordersPerWeek: number;
  /** What is left of that, 0 to 1. */
  level: number;
  /** 0 to 1. */
  satisfaction: number;
  churnedAt: Micros | null;
  churnReason: ChurnReason | null;
  /** When they last had a promotion. */
  promotedAt: Micros | null;
  /** Until when a promotion makes them order more often. */
  promotedUntil: Micros;
  /** What the last promotion that brought them back has undone. */
  wonBack: { at: Micros; churnedAt: Micros; churnReason: ChurnReason } | null;
  lastOrderAt: Micros;
  /** Whether somebody new came in their place. */
  replaced: boolean;
}

/** Spread of the orders a week of one customer; their mean is 1.28 of the median. */
const SPREAD = 0.7;
/** In these, level falls to 38 % within six days, to 5 % within twenty. */
const DECAY_PER_DAY = 0.86;
const LEAST_LEVEL = 0.04;
const DRIFT_PER_DAY = 0.003;
const EXPERIENCE_CHURN = 0.025;
const PROMOTION_LASTS = 14 * DAY;
const PROMOTION_FACTOR = 1.6;
const PROMOTION_WINS_BACK = 0.45;
const CONTENT = 0.8;
const HUNGER_AGAIN_AFTER = 90 * MINUTE;

/** The customers of all districts: who orders next, and how they change by what they live through. */
export class Population {
  readonly #seed: Prng;
  readonly #samplers: WeightedSampler[];
  readonly #byDistrict: Customer[][];
  readonly #byId = new Map<string, { customer: Customer; index: number }>();

  /**
   * @param ordersPerWeek of one district, all customers together
   * @param median orders a week of one customer
   */
  constructor(seed: Prng, districts: number, ordersPerWeek: number, median = 1) {
    this.#seed = seed;
    this.#samplers = Array.from({ length: districts }, () => new WeightedSampler());
    this.#byDistrict = Array.from({ length: districts }, () => []);
    const rng = seed.fork('rates');
    for (let district = 0; district < districts; district++) {
      for (let left = ordersPerWeek; left > 0; ) {
        left -= this.#add(district, rng.lognormal(median, SPREAD)).ordersPerWeek;
      }
    }
  }

  /** Orders a week that are expected of a district on average, before hours and days. */
  demandOf(district: number): number {
    return (this.#samplers[district] as WeightedSampler).total;
  }

  /** Who orders: in proportion to how often they do, seldom somebody who just did. */
  pick(district: number, rng: Prng, at: Micros): Customer {
    const sampler = this.#samplers[district] as WeightedSampler;
    const customers = this.#byDistrict[district] as Customer[];
    let customer = customers[sampler.at(rng.next())] as Customer;
    if (at - customer.lastOrderAt < HUNGER_AGAIN_AFTER)
      customer = customers[sampler.at(rng.next())] as Customer;
    customer.lastOrderAt = at;
    return customer;
  }

  /**
   * Something that a customer remembers.
   *
   * @param change of satisfaction, such as .1 for an order in time, -.2 for a refused one
   */
  experience(customer: Customer, change: number, at: Micros, rng: Prng): void {
    const disappointed = Math.max(-change, 0) * 5;
    customer.satisfaction = Math.min(Math.max(customer.satisfaction + change, 0), 1);
    if (customer.churnedAt !== null || disappointed === 0) return;
    if (rng.chance(EXPERIENCE_CHURN * disappointed * (1.4 - customer.satisfaction)))
      this.#churn(customer, 'EXPERIENCE', at);
  }

  /** A promotion: orders come oftener for two weeks, and some who had left come back. @returns whether the customer is known */
  promote(customerId: string, at: Micros): boolean {
    const known = this.#byId.get(customerId);
    if (known === undefined) return false;
    const { customer } = known;
    customer.promotedAt = at;
    customer.promotedUntil = at + PROMOTION_LASTS;
    // By customer, not by turn: whoever is reached first changes nothing for the others.
    const { churnedAt, churnReason } = customer;
    if (
      churnedAt !== null &&
      churnReason !== null &&
      this.#seed.fork(`promotion/${customerId}`).chance(PROMOTION_WINS_BACK)
    ) {
      customer.wonBack = { at, churnedAt, churnReason };
      customer.churnedAt = null;
      customer.churnReason = null;
      customer.level = Math.max(customer.level, 0.7);
    }
    this.#weigh(known, at);
    return true;
  }

  /** A coupon. @returns whether the customer is known */
  compensate(customerId: string): boolean {
    const known = this.#byId.get(customerId);
    if (known === undefined) return false;
    known.customer.satisfaction = Math.min(known.customer.satisfaction + 0.2, 1);
    return true;
  }

  /**
   * What a day does: some turn away, those who did order less, others come new, satisfaction fades to the usual.
   *
   * @param leaving probability of each district that somebody turns to a rival this day
   */
  endDay(at: Micros, day: number, leaving: readonly number[]): void {
    const rng = this.#seed.fork(`day/${day}`);
    // Drawn apart: without a rival it is the same day.
    const rivals = this.#seed.fork(`rivals/${day}`);
    const newcomers: Customer[] = [];
    for (const known of this.#byId.values()) {
      const { customer } = known;
      if (customer.churnedAt === null && rng.chance(DRIFT_PER_DAY)) this.#churn(customer, 'DRIFT', at);
      const lured = rivals.chance(leaving[customer.district] ?? 0);
      if (customer.churnedAt === null && lured) this.#churn(customer, 'RIVAL', at);
      if (customer.churnedAt === null) customer.level += (1 - customer.level) * 0.1;
      else customer.level = Math.max(customer.level * DECAY_PER_DAY, LEAST_LEVEL);
      customer.satisfaction += (CONTENT - customer.satisfaction) * 0.02;
      if (customer.churnedAt !== null && customer.level < 0.3 && !customer.replaced) newcomers.push(customer);
      this.#weigh(known, at);
    }
    for (const gone of newcomers) {
      gone.replaced = true;
      this.#add(gone.district, gone.ordersPerWeek * (1 - gone.level));
    }
  }

  /** Everybody, in the order in which they came. */
  *everybody(): Generator<Readonly<Customer>> {
    for (const { customer } of this.#byId.values()) yield customer;
  }

  #churn(customer: Customer, reason: ChurnReason, at: Micros): void {
    customer.churnedAt = at;
    customer.churnReason = reason;
  }

  #weigh({ customer, index }: { customer: Customer; index: number }, at: Micros): void {
    const promotion = customer.promotedUntil > at ? PROMOTION_FACTOR : 1;
    const weight = customer.ordersPerWeek * customer.level * promotion;
    (this.#samplers[customer.district] as WeightedSampler).set(index, weight);
  }

  #add(district: number, ordersPerWeek: number): Customer {
    const customer: Customer = {
      customerId: `C-${String(this.#byId.size + 1).padStart(6, '0')}`,
      district,
      ordersPerWeek,
      level: 1,
      satisfaction: CONTENT,
      churnedAt: null,
      churnReason: null,
      promotedAt: null,
      wonBack: null,
      promotedUntil: Number.NEGATIVE_INFINITY,
      lastOrderAt: Number.NEGATIVE_INFINITY,
      replaced: false,
    };
    const index = (this.#samplers[district] as WeightedSampler).add(ordersPerWeek);
    (this.#byDistrict[district] as Customer[]).push(customer);
    this.#byId.set(customer.customerId, { customer, index });
    return customer;
  }
}
