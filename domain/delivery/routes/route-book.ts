import { SECOND } from '../../time/micros.ts';
import { haversineKm } from '../geo.ts';
import type { FollowedOrder, OrderLine } from '../milestone.ts';
import { estimateRoute, type RouteEstimate } from './estimate-route.ts';
import { ROUTE_LEVELS, type RouteEnds, type RouteKey, type RouteLevel, routeKeys } from './route-levels.ts';
import { addTrip, newRoute, type RouteStats } from './route-stats.ts';

export type { RouteEstimate } from './estimate-route.ts';
export type { RouteLevel } from './route-levels.ts';
export type { RouteStats } from './route-stats.ts';

/** What a lead time is asked for. Weight and volume do not move the estimate: knowing them made it no better. */
export interface RouteQuery extends RouteEnds {
  weightG: number | null;
  volumeCm3: number | null;
}

const NO_LEVELS: ReadonlySet<RouteLevel> = new Set();

/**
 * Lead times, hand-over to delivery, by route: of the first line of an order, for the order as a whole.
 *
 * Levels may be looked up elsewhere in place of being held: then an order may be learnt from, or asked about, only after
 * {@link lookedUp} was called with what {@link toLookUp} names of it.
 */
export class RouteBook {
  private readonly lookedUpLevels: ReadonlySet<RouteLevel>;
  private readonly held = new Map<string, RouteStats>();
  /** Of the levels that are looked up; null: there is none. */
  private readonly found = new Map<string, RouteStats | null>();
  private readonly touched = new Set<RouteStats>();

  constructor(lookedUpLevels: ReadonlySet<RouteLevel> = NO_LEVELS) {
    this.lookedUpLevels = lookedUpLevels;
  }

  /** What {@link restore} has to bring. */
  get heldLevels(): RouteLevel[] {
    return ROUTE_LEVELS.filter((level) => !this.lookedUpLevels.has(level));
  }

  /** Learns from a delivered order; one whose hand-over is unknown, or after its delivery, says nothing. */
  observe(order: FollowedOrder): void {
    const { from, to, handedOverAt, deliveredAt, promisedAt, lines } = order;
    if (handedOverAt === null || deliveredAt === null || deliveredAt < handedOverAt) return;
    const trip = {
      seconds: (deliveredAt - handedOverAt) / SECOND,
      distanceKm: haversineKm(from, to),
      weightG: sumOfPieces(lines, ({ weightG }) => weightG),
      volumeCm3: sumOfPieces(lines, ({ volumeCm3 }) => volumeCm3),
      late: promisedAt !== null && deliveredAt > promisedAt,
      deliveredAt,
    };
    for (const key of keysOf(order)) {
      const stats = this.of(key);
      addTrip(stats, trip);
      this.touched.add(stats);
    }
  }

  /** Null while nothing is known at all. */
  estimate(query: RouteQuery): RouteEstimate | null {
    return estimateRoute(this.known(routeKeys(query)), haversineKm(query.from, query.to));
  }

  /** What is known of these routes, of those of which something is. */
  known(keys: readonly RouteKey[]): RouteStats[] {
    return keys.flatMap((key) => this.get(key) ?? []);
  }

  /** The routes of these orders that have to be looked up before they are learnt from or asked about. */
  toLookUp(orders: Iterable<FollowedOrder>): RouteKey[] {
    const keys = new Map<string, RouteKey>();
    for (const order of orders) {
      for (const key of keysOf(order)) {
        const name = nameOf(key);
        if (this.lookedUpLevels.has(key.level) && !this.found.has(name)) keys.set(name, key);
      }
    }
    return [...keys.values()];
  }

  /** @param rows all that there are of these routes */
  lookedUp(keys: readonly RouteKey[], rows: readonly RouteStats[]): void {
    for (const key of keys) this.found.set(nameOf(key), null);
    for (const row of rows) this.found.set(nameOf(row), { ...row });
  }

  /** Forgets what was looked up when it is more than `most`. What has changed has to be written before: see {@link changed}. */
  forgetMoreThan(most: number): void {
    if (this.found.size > most) this.found.clear();
  }

  /** Routes that have changed since the last call, as they are now. */
  changed(): RouteStats[] {
    const rows = [...this.touched].map((stats) => ({ ...stats }));
    this.touched.clear();
    return rows;
  }

  restore(rows: readonly RouteStats[]): void {
    for (const row of rows) this.held.set(nameOf(row), { ...row });
  }

  private of(key: RouteKey): RouteStats {
    const known = this.get(key);
    if (known !== null) return known;
    const stats = newRoute(key.level, key.route);
    (this.lookedUpLevels.has(key.level) ? this.found : this.held).set(nameOf(key), stats);
    return stats;
  }

  private get(key: RouteKey): RouteStats | null {
    const name = nameOf(key);
    if (!this.lookedUpLevels.has(key.level)) return this.held.get(name) ?? null;
    const found = this.found.get(name);
    // To go on as if nothing were known of it would overwrite what is.
    if (found === undefined) throw new Error(`route ${name} was not looked up before it was asked for`);
    return found;
  }
}

function keysOf({ from, to, lines }: FollowedOrder): RouteKey[] {
  return routeKeys({ from, to, category: lines[0]?.category ?? null });
}

function nameOf({ level, route }: RouteKey): string {
  return `${level} ${route}`;
}

/** Over all pieces of the order of which it is known; null when it is known of none. */
function sumOfPieces(lines: readonly OrderLine[], ofOne: (line: OrderLine) => number | null): number | null {
  let sum: number | null = null;
  for (const line of lines) {
    const one = ofOne(line);
    if (one !== null) sum = (sum ?? 0) + one * line.quantity;
  }
  return sum;
}
