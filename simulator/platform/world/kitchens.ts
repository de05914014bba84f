import { MINUTE, type Micros, SECOND } from '../../../domain/time/micros.ts';
import type { Prng } from '../../timing/prng.ts';
import type { Trouble } from '../incidents/trouble.ts';
import { type Dish, makeMenu } from '../places/dishes.ts';
import type { Place } from '../places/districts.ts';
import type { Calendar } from './calendar.ts';
import type { Emit } from './emit.ts';
import type { RestaurantSaid } from './world-event.ts';

/** A restaurant, and what the platform has done to it. */
export interface Restaurant {
  restaurantId: string;
  name: string;
  district: number;
  region: string;
  dishes: readonly Dish[];
  /** How popular it is among those of its district. */
  weight: number;
  /** Median time to prepare an order, in seconds. */
  prepSeconds: number;
  /** Share of the orders it refuses on an ordinary day. */
  refusal: number;
  /** Median time until it answers an order, in milliseconds. */
  answerMs: number;
  /** Minutes of the local day; `closes` may be past midnight. */
  opens: number;
  closes: number;
  open: boolean;
  /** Taken off the platform by an action. */
  deactivated: boolean;
  /** Share of the customers that still see it; lowered by an action. */
  exposure: number;
  /** Until when a warning makes it take more care. */
  warnedUntil: Micros;
  /** When in five minutes its system says that it is there. */
  beatAfter: Micros;
}

const BEAT_EVERY_MINUTES = 5;
const BEAT_LOST = 0.002;
const ALWAYS_OPEN = 24 * 60;
/** Of customers whose restaurant cannot be chosen: how many look for another one, by why. */
const LOOKS_ON = { deactivated: 0.8, unseen: 0.9, down: 0.3 } as const;
/** Of the customers of a restaurant whose system is down, so many see that before they order. */
const SEES_OUTAGE = 0.9;

/** The restaurants: when they are open, who chooses which, and that their systems are there. */
export class Kitchens {
  readonly byDistrict: Restaurant[][];
  readonly byId = new Map<string, Restaurant>();
  readonly #seed: Prng;
  readonly #calendar: Calendar;
  readonly #trouble: Trouble;
  readonly #emit: Emit;

  constructor(
    seed: Prng,
    places: readonly Place[],
    each: number,
    context: { calendar: Calendar; trouble: Trouble; emit: Emit },
  ) {
    this.#seed = seed;
    this.#calendar = context.calendar;
    this.#trouble = context.trouble;
    this.#emit = context.emit;
    this.byDistrict = places.map((place, district) =>
      Array.from({ length: each }, (_, i) => this.#make(place, district, district * each + i + 1, i)),
    );
  }

  /** What a minute does: doors open and close, systems say that they are there. */
  minute(at: Micros): void {
    const minute = this.#calendar.minuteOfDay(at);
    const beat = Math.floor(at / MINUTE) % BEAT_EVERY_MINUTES;
    const rng = this.#seed.fork(at / MINUTE);
    for (const restaurants of this.byDistrict) {
      for (const restaurant of restaurants) {
        const open = isOpenAt(restaurant, minute);
        if (open !== restaurant.open) {
          restaurant.open = open;
          this.say(restaurant, open ? 'OPEN' : 'CLOSED', at + rng.int(0, 50) * SECOND);
        }
        if (!open || Math.floor(restaurant.beatAfter / MINUTE) !== beat) continue;
        if (this.#trouble.isDown(restaurant, at) || rng.chance(BEAT_LOST)) continue;
        const latencyMs = Math.round(rng.lognormal(180, 0.3) * this.#trouble.slownessOf(restaurant, at));
        this.say(restaurant, 'HEARTBEAT', at + (restaurant.beatAfter % MINUTE), { latencyMs });
      }
    }
  }

  /** What somebody hungry chooses; null: nothing that could be chosen was good enough. */
  choose(district: number, rng: Prng, at: Micros): Restaurant | null {
    const open = (this.byDistrict[district] as Restaurant[]).filter((one) => one.open);
    let candidates = open;
    for (let tries = 0; tries < 3 && candidates.length > 0; tries++) {
      const chosen = pickByWeight(candidates, rng);
      const looksOn = this.#obstacle(chosen, rng, at);
      if (looksOn === null) return chosen;
      if (!rng.chance(looksOn)) return null;
      candidates = candidates.filter((one) => one !== chosen);
    }
    return null;
  }

  say(
    restaurant: Restaurant,
    eventType: RestaurantSaid['eventType'],
    occurredAt: Micros,
    more: Partial<Pick<RestaurantSaid, 'orderId' | 'reason' | 'latencyMs' | 'prepSeconds'>> = {},
  ): void {
    const { restaurantId, region } = restaurant;
    const value: RestaurantSaid = {
      restaurantId,
      eventType,
      occurredAt,
      orderId: more.orderId ?? null,
      region,
      reason: more.reason ?? null,
      latencyMs: more.latencyMs ?? null,
      prepSeconds: more.prepSeconds ?? null,
    };
    this.#emit({ topic: 'restaurants', key: restaurantId, value });
  }

  /** How likely somebody whose choice cannot be had looks on; null: it can be had. */
  #obstacle(restaurant: Restaurant, rng: Prng, at: Micros): number | null {
    if (restaurant.deactivated) return LOOKS_ON.deactivated;
    if (this.#trouble.isDown(restaurant, at) && rng.chance(SEES_OUTAGE)) return LOOKS_ON.down;
    return rng.chance(restaurant.exposure) ? null : LOOKS_ON.unseen;
  }

  #make(place: Place, district: number, number: number, inDistrict: number): Restaurant {
    const restaurantId = `R-${String(number).padStart(4, '0')}`;
    const rng = this.#seed.fork(restaurantId);
    const roundTheClock = inDistrict % 4 === 0;
    const opens = rng.int(18, 21) * 30;
    const restaurant: Restaurant = {
      restaurantId,
      ...makeMenu(restaurantId, rng),
      district,
      region: place.name,
      weight: rng.between(0.7, 1.4),
      prepSeconds: rng.between(540, 960),
      refusal: rng.between(0.02, 0.05),
      answerMs: rng.between(12_000, 28_000),
      opens: roundTheClock ? 0 : opens,
      closes: roundTheClock ? ALWAYS_OPEN : opens + rng.int(26, 30) * 30,
      open: false,
      deactivated: false,
      exposure: 1,
      warnedUntil: Number.NEGATIVE_INFINITY,
      beatAfter: rng.int(0, BEAT_EVERY_MINUTES * 60 - 1) * SECOND,
    };
    this.byId.set(restaurantId, restaurant);
    return restaurant;
  }
}

/** @param minute of the local day */
export function isOpenAt({ opens, closes }: Pick<Restaurant, 'opens' | 'closes'>, minute: number): boolean {
  return (minute >= opens && minute < closes) || minute + ALWAYS_OPEN < closes;
}

function pickByWeight(restaurants: readonly Restaurant[], rng: Prng): Restaurant {
  let left = rng.next() * restaurants.reduce((sum, { weight }) => sum + weight, 0);
  for (const restaurant of restaurants) {
    left -= restaurant.weight;
    if (left < 0) return restaurant;
  }
  return restaurants.at(-1) as Restaurant;
}
