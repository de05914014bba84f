import type { RefusalReason } from '../../../domain/platform/restaurant-event.ts';
import { DAY, MINUTE, type Micros } from '../../../domain/time/micros.ts';
import type { Prng } from '../../timing/prng.ts';
import type { IncidentKind, InjectedIncident } from './incident.ts';
import type { IncidentBook } from './incident-book.ts';

/** What is asked about a restaurant. */
export interface Victim {
  restaurantId: string;
  region: string;
  /** Until when a warning makes it take more care. */
  warnedUntil: Micros;
}

/** Why restaurants refuse on an ordinary day, and how often. */
const ORDINARY_REASONS: ReadonlyArray<readonly [RefusalReason, number]> = [
  ['INGREDIENTS_OUT', 0.4],
  ['STAFF_SHORT', 0.3],
  ['SYSTEM_ERROR', 0.1],
  ['OTHER', 0.2],
];
/** Of the refusals of an incident, so many give its reason. */
const SAYS_WHY = 0.9;
const WARNING_HELPS = 0.6;
/** New routes come into force within some minutes, and take away so much of the detour, and of a jam. */
const REROUTE_TAKES = 3 * MINUTE;
const DETOUR_LEFT = 0.1;
const JAM_LEFT = 0.6;

/** Which service has its share in what. The restaurants' is the one that their systems are connected to. */
const SERVICE_OF: Partial<Record<IncidentKind, string>> = {
  ROUTING: 'routing',
  PAYMENT_ERROR: 'payments',
  RESTAURANT_OUTAGE: 'restaurants',
};
const NOTICES_ITSELF = 0.6;

/** What the incidents that go on do to restaurants, payments and roads, less what was done about them. */
export class Trouble {
  readonly #incidents: IncidentBook;
  readonly #seed: Prng;
  /** Since when and until when routes of a region are computed anew. */
  readonly #rerouted = new Map<string, { from: Micros; to: Micros }>();

  constructor(incidents: IncidentBook, seed: Prng) {
    this.#incidents = incidents;
    this.#seed = seed;
  }

  /** Whether a restaurant's system is down. */
  isDown(victim: Victim, at: Micros): boolean {
    return this.#of('RESTAURANT_OUTAGE', victim, at).some(
      ({ restaurant, incidentId, strength }) =>
        restaurant !== null || this.#seed.fork(`${incidentId}/${victim.restaurantId}`).chance(strength),
    );
  }

  /** Whether, and why, it refuses an order. */
  refusalOf(victim: Victim, ordinary: number, rng: Prng, at: Micros): RefusalReason | null {
    const worst = this.#worst('REFUSALS', victim, at);
    const care = victim.warnedUntil > at ? WARNING_HELPS : 1;
    const extra = worst === null ? 0 : worst.strength * care;
    if (!rng.chance(Math.max(extra, ordinary))) return null;
    if (worst?.reason && rng.chance(SAYS_WHY)) return worst.reason;
    let left = rng.next();
    for (const [reason, share] of ORDINARY_REASONS) {
      left -= share;
      if (left < 0) return reason;
    }
    return 'OTHER';
  }

  /** Factor on its preparation. */
  prepFactorOf(victim: Victim, at: Micros): number {
    const delay = this.#worst('PREPARATION_DELAY', victim, at)?.strength ?? 1;
    const care = victim.warnedUntil > at ? WARNING_HELPS : 1;
    const short = this.#worst('REFUSALS', victim, at)?.reason === 'STAFF_SHORT' ? 1.25 : 1;
    return (1 + (delay - 1) * care) * short;
  }

  /** Factor on the time until its system answers. */
  slownessOf(victim: Victim, at: Micros): number {
    const reason = this.#worst('REFUSALS', victim, at)?.reason;
    return reason === 'SYSTEM_ERROR' ? 4 : reason === 'STAFF_SHORT' ? 1.5 : 1;
  }

  /** Probability that a payment by a method fails for an incident. */
  paymentFailureOf(method: string, at: Micros): number {
    let worst = 0;
    for (const incident of this.#incidents.active('PAYMENT_ERROR', at))
      if (incident.method === null || incident.method === method) worst = Math.max(worst, incident.strength);
    return worst;
  }

  /** Factor of planned on shortest routes. */
  detourOf(region: string, at: Micros): number {
    const factor = Math.max(1, this.#incidents.strongest('ROUTING', region, at).of);
    return this.#isRerouted(region, at) ? 1 + (factor - 1) * DETOUR_LEFT : factor;
  }

  /** How much of a jam is left to those who are led around it: 1 is all. */
  jamLeftOf(region: string, at: Micros): number {
    return this.#isRerouted(region, at) ? JAM_LEFT : 1;
  }

  /** Share of a region's riders that are not there. */
  missingRidersOf(region: string, at: Micros): number {
    return this.#incidents.strongest('RIDERS_SHORT', region, at).of;
  }

  /** Factor on the demand of a region. */
  demandFactorOf(region: string, at: Micros): number {
    const surge = Math.max(1, this.#incidents.strongest('DEMAND_SURGE', region, at).of);
    return surge * (1 - this.#incidents.strongest('DEMAND_DROP', region, at).of);
  }

  /** Probability that a customer of a region, content or not, turns away within a day. */
  leavingOf(region: string, at: Micros): number {
    const { of, over } = this.#incidents.strongest('CUSTOMERS_LEAVE', region, at);
    return of === 0 ? 0 : 1 - (1 - of) ** (DAY / (over.since + over.left));
  }

  /** Whether a service says that it is not well, during an incident of its own: some notice nothing of it. */
  isToldBy(service: string, { incidentId, kind, region, restaurant }: InjectedIncident): boolean {
    if (SERVICE_OF[kind] !== service) return false;
    if (kind === 'RESTAURANT_OUTAGE' && (restaurant !== null || region === null)) return false;
    return this.#seed.fork(`told/${incidentId}`).chance(NOTICES_ITSELF);
  }

  reroute(region: string, at: Micros, until: Micros): void {
    this.#rerouted.set(region, { from: at + REROUTE_TAKES, to: until });
  }

  #isRerouted(region: string, at: Micros): boolean {
    const rerouted = this.#rerouted.get(region);
    return rerouted !== undefined && rerouted.from <= at && at < rerouted.to;
  }

  #of(kind: IncidentKind, victim: Victim, at: Micros): InjectedIncident[] {
    return this.#incidents
      .active(kind, at)
      .filter(({ restaurant, region }) =>
        restaurant === null
          ? region === null || region === victim.region
          : restaurant === victim.restaurantId,
      );
  }

  #worst(kind: IncidentKind, victim: Victim, at: Micros): InjectedIncident | null {
    let worst: InjectedIncident | null = null;
    for (const incident of this.#of(kind, victim, at))
      if (worst === null || incident.strength > worst.strength) worst = incident;
    return worst;
  }
}
