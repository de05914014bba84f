import { HOUR, MINUTE, type Micros } from '../../../domain/time/micros.ts';
import type { Prng } from '../../timing/prng.ts';
import type { Trouble } from '../incidents/trouble.ts';
import type { Population } from '../people/population.ts';
import type { Calendar } from './calendar.ts';
import type { FleetPlan } from './fleet.ts';
import type { Surroundings } from './surroundings.ts';

const MINUTES_A_WEEK = 7 * 24 * 60;
/** Minutes of a rider that an order takes, and share of the time that riders are meant to be busy. */
const MINUTES_PER_ORDER = 17;
const BUSY_SHARE = 0.68;
const LEAST_RIDERS = 3;
/** Busiest hour of the busiest day against the average, and some to spare. */
const PEAK = 3.4;
/** Half of those who are hungry turn away when they would wait for a rider so many minutes. */
const HALF_TURN_AWAY = 12;
const DAILY_SPREAD = 0.05;

export interface DemandContext {
  regions: readonly string[];
  calendar: Calendar;
  surroundings: Surroundings;
  trouble: Trouble;
  population: Population;
  /** Orders a week of a district, as the platform plans. */
  perWeek: number;
}

/** Somebody who is about to order. */
export interface Arrival {
  at: Micros;
  rng: Prng;
}

/** How many orders come, and how many riders the platform plans for them. */
export class Demand implements FleetPlan {
  readonly #seed: Prng;
  readonly #context: DemandContext;
  #day = Number.NaN;
  /** What chance makes of this day, by district. */
  #chanceOfDay: number[] = [];

  constructor(seed: Prng, context: DemandContext) {
    this.#seed = seed;
    this.#context = context;
  }

  /** Riders who live in a district. */
  mostRiders(): number {
    return Math.ceil(this.#riders(PEAK)) + LEAST_RIDERS;
  }

  /** To be called each minute: what changes from day to day. */
  beginDay(at: Micros): void {
    const { calendar, population, regions, trouble } = this.#context;
    const day = calendar.dayOf(at);
    if (day === this.#day) return;
    if (!Number.isNaN(this.#day)) {
      const leaving = regions.map((region) => trouble.leavingOf(region, at));
      population.endDay(at, day, leaving);
    }
    this.#day = day;
    this.#chanceOfDay = regions.map((region) =>
      this.#seed.fork(`day/${day}/${region}`).lognormal(1, DAILY_SPREAD),
    );
  }

  /**
   * Who orders in a district in one minute.
   *
   * @param waitMinutes that an order waits for a rider now
   */
  *arrivals(district: number, at: Micros, waitMinutes: number): Generator<Arrival> {
    const { calendar, surroundings, trouble, population, regions } = this.#context;
    const region = regions[district] as string;
    const mean =
      (population.demandOf(district) / MINUTES_A_WEEK) *
      calendar.demandAt(at) *
      (this.#chanceOfDay[district] as number) *
      wave(district, at) *
      surroundings.appetiteAt(region, at) *
      trouble.demandFactorOf(region, at);
    const stays = 1 / (1 + (waitMinutes / HALF_TURN_AWAY) ** 2);
    // Named by place and time, so that a world in which something was done differs by that alone.
    const rng = this.#seed.fork(`${at / MINUTE}/${district}`);
    const count = rng.poisson(mean);
    for (let i = 0; i < count; i++) {
      const own = rng.fork(i);
      if (own.chance(stays)) yield { at: at + Math.floor(own.next() * MINUTE), rng: own };
    }
  }

  needed(_district: number, at: Micros): number {
    return this.#riders(this.#context.calendar.demandAt(at)) + LEAST_RIDERS;
  }

  missing(district: number, at: Micros): number {
    const { regions, surroundings, trouble } = this.#context;
    const region = regions[district] as string;
    return 1 - (1 - surroundings.awayAt(region, at)) * (1 - trouble.missingRidersOf(region, at));
  }

  #riders(demand: number): number {
    return ((this.#context.perWeek / MINUTES_A_WEEK) * demand * MINUTES_PER_ORDER) / BUSY_SHARE;
  }
}

/** Slow changes of some per cent that have no reason. */
function wave(district: number, at: Micros): number {
  const hours = at / HOUR;
  return 1 + 0.03 * Math.sin(hours / 1.3 + district * 1.7) + 0.03 * Math.sin(hours / 5.9 + district * 2.9);
}
