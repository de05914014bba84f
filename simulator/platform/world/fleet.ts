import { MINUTE, type Micros, SECOND } from '../../../domain/time/micros.ts';
import type { Prng } from '../../timing/prng.ts';
import { neighboursOf, type Place } from '../places/districts.ts';
import type { Emit } from './emit.ts';
import type { RiderSaid } from './world-event.ts';

export type RiderState = 'OFFLINE' | 'ONLINE' | 'BUSY';

export interface Rider {
  riderId: string;
  /** Where the rider lives and usually works. */
  home: number;
  /** Where the rider is now. */
  district: number;
  state: RiderState;
  /** Index among the idle ones of the district; -1 when not idle. */
  idleIndex: number;
  /** An incentive has brought the rider here until then. */
  awayUntil: Micros;
  /** When in five minutes the rider says how things are. */
  saysAfter: Micros;
  latitude: number;
  longitude: number;
}

/** What keeps the fleet in balance. */
export interface FleetPlan {
  /** Riders that a district needs now, by what is usual at this hour. */
  needed(district: number, at: Micros): number;
  /** Share of them that is not there, for weather or an incident. */
  missing(district: number, at: Micros): number;
}

export interface Incentive {
  /** Of what a usual one brings, by its amount. */
  share: number;
  /** Whether it is offered to riders of neighbouring districts, too. */
  neighbours: boolean;
}

const SAYS_EVERY_MINUTES = 5;
/** Of the gap between the riders there and those who should be, so much is closed in a minute. */
const CLOSES_IN_A_MINUTE = 0.25;
const NEIGHBOURS = 3;
/** Of its idle riders a neighbouring district gives so many to an incentive, and of those at home so many turn out. */
const LURED_FROM_NEIGHBOURS = 0.5;
const LURED_FROM_HOME = 0.75;
const SPREAD_DEGREES = 0.012;

/** The riders: who is at work, who is idle where, who goes where an incentive is. */
export class Fleet {
  readonly riders: Rider[] = [];
  readonly #places: readonly Place[];
  readonly #plan: FleetPlan;
  readonly #emit: Emit;
  readonly #seed: Prng;
  readonly #rng: Prng;
  /** By district where they are. */
  readonly #idle: Rider[][];
  /** By home. */
  readonly #offline: Rider[][];
  /** Riders at work, by district where they are, and those of them who live there. */
  readonly #present: number[];
  readonly #atHome: number[];
  readonly #incentives: ({ until: Micros; share: number } | null)[];

  /** @param each riders who live in each district: as many as its busiest hour needs, and some */
  constructor(seed: Prng, places: readonly Place[], each: number, context: { plan: FleetPlan; emit: Emit }) {
    this.#seed = seed;
    this.#rng = seed.fork('shifts');
    this.#places = places;
    this.#plan = context.plan;
    this.#emit = context.emit;
    this.#idle = places.map(() => []);
    this.#offline = places.map(() => []);
    this.#present = places.map(() => 0);
    this.#atHome = places.map(() => 0);
    this.#incentives = places.map(() => null);
    for (let home = 0; home < places.length; home++) for (let i = 0; i < each; i++) this.#hire(home);
  }

  idleIn(district: number): number {
    return (this.#idle[district] as Rider[]).length;
  }

  /** Riders at work in a district. */
  atWorkIn(district: number): number {
    return this.#present[district] as number;
  }

  /** What a minute does: shifts begin and end, riders say how they are, incentives end. */
  minute(at: Micros): void {
    for (let district = 0; district < this.#places.length; district++) this.#balance(district, at);
    const turn = Math.floor(at / MINUTE) % SAYS_EVERY_MINUTES;
    for (const rider of this.riders) {
      if (rider.state === 'OFFLINE') continue;
      if (rider.state === 'ONLINE' && rider.district !== rider.home && rider.awayUntil <= at)
        this.#move(rider, rider.home, at);
      if (Math.floor(rider.saysAfter / MINUTE) === turn)
        this.#say(rider, rider.state, at + (rider.saysAfter % MINUTE));
    }
  }

  /** Takes an idle rider; null when there is none. */
  take(district: number, rng: Prng, at: Micros): Rider | null {
    const idle = this.#idle[district] as Rider[];
    if (idle.length === 0) return null;
    const rider = idle[rng.int(0, idle.length - 1)] as Rider;
    this.#become(rider, 'BUSY', at);
    return rider;
  }

  /** Whether a rider whose delivery is over goes on here: not when too many are there, or an incentive is over. */
  mayStay({ district, home, awayUntil }: Rider, at: Micros): boolean {
    return district === home ? (this.#atHome[home] as number) <= this.#target(home, at) : awayUntil > at;
  }

  /** A delivery is over, and there is no other: the rider is idle again, or goes home when too many are there. */
  release(rider: Rider, at: Micros): void {
    const leaves = rider.district === rider.home && !this.mayStay(rider, at);
    this.#become(rider, leaves ? 'OFFLINE' : 'ONLINE', at);
  }

  /**
   * An incentive for a district: idle riders of its neighbours come, and those at home turn out.
   *
   * @returns how many come from the neighbours
   */
  lure(district: number, at: Micros, until: Micros, { share, neighbours }: Incentive): number {
    this.#incentives[district] = { until, share: Math.min(LURED_FROM_HOME * share, 1) };
    let came = 0;
    for (const neighbour of neighboursOf(district, this.#places, neighbours ? NEIGHBOURS : 0)) {
      const idle = (this.#idle[neighbour] as Rider[]).filter(({ home }) => home === neighbour);
      const lured = idle.slice(0, Math.round(idle.length * Math.min(LURED_FROM_NEIGHBOURS * share, 1)));
      for (const rider of lured) {
        rider.awayUntil = until;
        this.#move(rider, district, at);
        came++;
      }
    }
    return came;
  }

  /** How many of those who live there should be at work. */
  #target(district: number, at: Micros): number {
    const incentive = this.#incentives[district];
    const lured = incentive != null && at < incentive.until ? incentive.share : 0;
    const missing = this.#plan.missing(district, at) * (1 - lured);
    return Math.round(this.#plan.needed(district, at) * (1 - missing));
  }

  #balance(district: number, at: Micros): void {
    const gap = this.#target(district, at) - (this.#atHome[district] as number);
    const change = Math.ceil(Math.abs(gap) * CLOSES_IN_A_MINUTE);
    const rng = this.#rng;
    for (let i = 0; i < change; i++) {
      const from =
        gap > 0 ? this.#offline[district] : this.#idle[district]?.filter(({ home }) => home === district);
      if (from === undefined || from.length === 0) return;
      const rider = from[rng.int(0, from.length - 1)] as Rider;
      this.#become(rider, gap > 0 ? 'ONLINE' : 'OFFLINE', at);
    }
  }

  #become(rider: Rider, state: RiderState, at: Micros): void {
    if (rider.state === 'ONLINE') this.#leaveIdle(rider);
    if (rider.state === 'OFFLINE') {
      const offline = this.#offline[rider.home] as Rider[];
      offline.splice(offline.indexOf(rider), 1);
    }
    if (rider.state === 'OFFLINE' || state === 'OFFLINE') this.#count(rider, state === 'OFFLINE' ? -1 : 1);
    rider.state = state;
    if (state === 'ONLINE') rider.idleIndex = (this.#idle[rider.district] as Rider[]).push(rider) - 1;
    if (state === 'OFFLINE') {
      rider.district = rider.home;
      (this.#offline[rider.home] as Rider[]).push(rider);
    }
    this.#say(rider, state, at);
  }

  /** An idle rider goes to another district. */
  #move(rider: Rider, district: number, at: Micros): void {
    this.#leaveIdle(rider);
    this.#count(rider, -1);
    rider.district = district;
    this.#count(rider, 1);
    rider.idleIndex = (this.#idle[district] as Rider[]).push(rider) - 1;
    this.#say(rider, 'ONLINE', at);
  }

  #count({ district, home }: Rider, change: number): void {
    this.#present[district] = (this.#present[district] as number) + change;
    if (district === home) this.#atHome[home] = (this.#atHome[home] as number) + change;
  }

  #leaveIdle(rider: Rider): void {
    const idle = this.#idle[rider.district] as Rider[];
    const last = idle.pop() as Rider;
    if (last !== rider) {
      idle[rider.idleIndex] = last;
      last.idleIndex = rider.idleIndex;
    }
    rider.idleIndex = -1;
  }

  #say(rider: Rider, eventType: RiderSaid['eventType'], occurredAt: Micros): void {
    const place = this.#places[rider.district] as Place;
    this.#emit({
      topic: 'riders',
      key: rider.riderId,
      value: {
        riderId: rider.riderId,
        eventType,
        occurredAt,
        region: place.name,
        latitude: place.latitude + rider.latitude,
        longitude: place.longitude + rider.longitude,
      },
    });
  }

  #hire(home: number): void {
    const riderId = `D-${String(this.riders.length + 1).padStart(5, '0')}`;
    const rng = this.#seed.fork(riderId);
    const degrees = () => Math.round(rng.between(-SPREAD_DEGREES, SPREAD_DEGREES) * 1e5) / 1e5;
    const rider: Rider = {
      riderId,
      home,
      district: home,
      state: 'OFFLINE',
      idleIndex: -1,
      awayUntil: Number.NEGATIVE_INFINITY,
      saysAfter: rng.int(0, SAYS_EVERY_MINUTES * 60 - 1) * SECOND,
      latitude: degrees(),
      longitude: degrees(),
    };
    this.riders.push(rider);
    (this.#offline[home] as Rider[]).push(rider);
  }
}
