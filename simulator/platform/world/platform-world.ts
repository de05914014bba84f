import { parseIso8601 } from '../../../domain/time/iso8601.ts';
import { MINUTE, type Micros } from '../../../domain/time/micros.ts';
import { Prng } from '../../timing/prng.ts';
import { SendQueue } from '../../timing/send-queue.ts';
import { type ActionRequest, carryOut, type Outcome } from '../actions/carry-out.ts';
import type { InjectedIncident } from '../incidents/incident.ts';
import { IncidentBook } from '../incidents/incident-book.ts';
import { Trouble } from '../incidents/trouble.ts';
import { type Customer, Population } from '../people/population.ts';
import { PLACES, type Place } from '../places/districts.ts';
import { Calendar } from './calendar.ts';
import { Courier } from './courier.ts';
import { Demand } from './demand.ts';
import { Fleet } from './fleet.ts';
import { Kitchens, type Restaurant } from './kitchens.ts';
import { OrderDesk } from './order-desk.ts';
import { Surroundings, type Weather } from './surroundings.ts';
import type { WorldEvent } from './world-event.ts';
import type { WorldSize } from './world-size.ts';

export interface WorldOptions {
  /** The same seed, start, size and actions make the same world. */
  seed: string;
  /** When it begins; the start of a minute. */
  start: Micros;
  size: WorldSize;
  /** IANA name; Asia/Seoul unless told. */
  timeZone?: string;
  /** Public holidays beside those on fixed days, as YYYY-MM-DD. */
  holidays?: readonly string[];
  /** Begins every order_id. */
  prefix?: string;
}

/**
 * A delivery platform: districts with restaurants, riders and customers, in simulated time. What goes wrong is injected;
 * what is done about it changes what happens next.
 */
export class PlatformWorld {
  readonly places: readonly Place[];
  /** Names of the districts: the `region` of events. */
  readonly regions: readonly string[];
  readonly calendar: Calendar;
  readonly #agenda = new SendQueue<() => void>();
  readonly #incidents = new IncidentBook();
  readonly #population: Population;
  readonly #trouble: Trouble;
  readonly #surroundings: Surroundings;
  readonly #fleet: Fleet;
  readonly #kitchens: Kitchens;
  readonly #desk: OrderDesk;
  readonly #courier: Courier;
  readonly #demand: Demand;
  /** What became of the actions, by id: one that is told again changes nothing. */
  readonly #outcomes = new Map<string, Outcome>();
  #told: WorldEvent[] = [];
  #now: Micros;

  constructor({ seed, start, size, timeZone = 'Asia/Seoul', holidays = [], prefix = 'P' }: WorldOptions) {
    if (start % MINUTE !== 0) throw new RangeError('a world begins at the start of a minute');
    const root = new Prng(seed);
    const emit = (event: WorldEvent) => void this.#told.push(event);
    const agenda = this.#agenda;
    this.#now = start;
    const places = PLACES.slice(0, size.districts);
    const regions = places.map(({ name }) => name);
    const calendar = new Calendar(timeZone, holidays);
    const trouble = new Trouble(this.#incidents, root.fork('trouble'));
    const surroundings = new Surroundings(root.fork('surroundings'), calendar, this.#incidents);
    const perWeek = (size.ordersPerDay * 7) / size.districts;
    const population = new Population(root.fork('people'), size.districts, perWeek, size.ordersPerCustomer);
    const kitchens = new Kitchens(root.fork('kitchens'), places, size.restaurantsPerDistrict, {
      ...{ calendar, trouble, emit },
    });
    const demand = new Demand(root.fork('demand'), {
      regions,
      calendar,
      surroundings,
      trouble,
      population,
      perWeek,
    });
    const fleet = new Fleet(root.fork('fleet'), places, demand.mostRiders(), { plan: demand, emit });
    const courier = new Courier({
      ...{ districts: regions, fleet, surroundings, trouble, population, agenda, emit },
      milestone: (order, eventType, at) => this.#desk.milestone(order, eventType, at),
      cancel: (order, reason, at, disappointment) => this.#desk.cancel(order, reason, at, disappointment),
    });
    this.places = places;
    this.regions = regions;
    this.calendar = calendar;
    this.#population = population;
    this.#trouble = trouble;
    this.#surroundings = surroundings;
    this.#kitchens = kitchens;
    this.#demand = demand;
    this.#fleet = fleet;
    this.#courier = courier;
    this.#desk = new OrderDesk({ places, population, kitchens, courier, trouble, agenda, emit, prefix });
  }

  /** Up to here it has been lived. */
  get now(): Micros {
    return this.#now;
  }

  get restaurants(): ReadonlyMap<string, Readonly<Restaurant>> {
    return this.#kitchens.byId;
  }

  /**
   * Lives on.
   *
   * @param to the start of a minute
   * @returns what happened in [now, to), by time
   */
  step(to: Micros): WorldEvent[] {
    if (to % MINUTE !== 0 || to < this.#now)
      throw new RangeError('a world steps to the start of a later minute');
    const all: WorldEvent[] = [];
    while (this.#now < to) {
      this.#minute(this.#now);
      this.#now += MINUTE;
      while (this.#agenda.nextAt < this.#now) this.#agenda.pop()?.();
      const told = this.#told.sort((a, b) => a.value.occurredAt - b.value.occurredAt);
      this.#told = [];
      for (const event of told) all.push(event);
    }
    return all;
  }

  /** @throws {RangeError} for an id, a region, a restaurant that is wrong */
  inject(incident: InjectedIncident): void {
    const { region, restaurant } = incident;
    if (region !== null && !this.regions.includes(region))
      throw new RangeError(`there is no region ${JSON.stringify(region)}: use ${this.regions.join(', ')}`);
    if (restaurant !== null && !this.#kitchens.byId.has(restaurant))
      throw new RangeError(
        `there is no restaurant ${JSON.stringify(restaurant)}: use R-0001 to ${this.#lastRestaurant()}`,
      );
    this.#incidents.add({ ...incident });
  }

  /** Does something about it, now. The same id is done once, and answered the same again. */
  apply(request: ActionRequest): Outcome {
    const known = this.#outcomes.get(request.action_id);
    if (known !== undefined) return known;
    const outcome = this.#isTooLate(request)
      ? { done: false, reason: `It was valid until ${request.valid_until} only.` }
      : carryOut(this.#changeable(), request, this.#now);
    this.#outcomes.set(request.action_id, outcome);
    return outcome;
  }

  /** The ground truth: all that went wrong or will. */
  incidents(): readonly Readonly<InjectedIncident>[] {
    return this.#incidents.all();
  }

  /** The ground truth of the customers. */
  customers(): Iterable<Readonly<Customer>> {
    return this.#population.everybody();
  }

  weatherAt(region: string, at: Micros): Weather {
    return this.#surroundings.weatherAt(region, at);
  }

  /** Time on the road against free roads, and against what is usual at this hour. */
  trafficAt(region: string, at: Micros): { congestion: number; unusual: number } {
    return {
      congestion: this.#surroundings.congestionAt(region, at),
      unusual: this.#surroundings.unusualTrafficAt(region, at),
    };
  }

  /** Whether a service of the platform says that it is well: `routing`, `restaurants`, `payments`, `dispatch`. */
  isHealthy(service: string, at: Micros): boolean {
    return !this.#incidents.going(at).some((incident) => this.#trouble.isToldBy(service, incident));
  }

  #minute(at: Micros): void {
    this.#demand.beginDay(at);
    this.#kitchens.minute(at);
    this.#fleet.minute(at);
    for (let district = 0; district < this.places.length; district++) {
      this.#courier.serve(district, at);
      for (const arrival of this.#demand.arrivals(district, at, this.#courier.waitMinutes(district))) {
        this.#agenda.push(arrival.at, () => this.#desk.take(district, arrival.rng, arrival.at));
      }
    }
  }

  #changeable() {
    return {
      districts: this.regions,
      fleet: this.#fleet,
      kitchens: this.#kitchens,
      desk: this.#desk,
      population: this.#population,
      trouble: this.#trouble,
      incidents: this.#incidents,
    };
  }

  #isTooLate({ valid_until }: ActionRequest): boolean {
    const until = valid_until === null ? null : parseIso8601(valid_until);
    return until !== null && until < this.#now;
  }

  #lastRestaurant(): string {
    return [...this.#kitchens.byId.keys()].at(-1) as string;
  }
}
