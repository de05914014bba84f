import { SECOND } from '../../time/micros.ts';
import { haversineKm } from '../geo.ts';
import type { FollowedOrder, OrderLine } from '../milestone.ts';
import { estimateRoute, type RouteEstimate } from './estimate-route.ts';
import { type RouteEnds, type RouteKey, routeKeys } from './route-levels.ts';
import { addTrip, newRoute, type RouteStats } from './route-stats.ts';

export type { RouteEstimate } from './estimate-route.ts';
export type { RouteLevel } from './route-levels.ts';
export type { RouteStats } from './route-stats.ts';

/** What a lead time is asked for. Weight and volume do not move the estimate: knowing them made it no better. */
export interface RouteQuery extends RouteEnds {
  weightG: number | null;
  volumeCm3: number | null;
}

/** Lead times, hand-over to delivery, by route: of the first line of an order, for the order as a whole. */
export class RouteBook {
  private readonly routes = new Map<string, RouteStats>();
  private readonly touched = new Set<RouteStats>();

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
    for (const key of routeKeys({ from, to, category: lines[0]?.category ?? null })) {
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
    return keys.flatMap((key) => this.routes.get(nameOf(key)) ?? []);
  }

  /** Routes that have changed since the last call, as they are now. */
  changed(): RouteStats[] {
    const rows = [...this.touched].map((stats) => ({ ...stats }));
    this.touched.clear();
    return rows;
  }

  restore(rows: readonly RouteStats[]): void {
    for (const row of rows) this.routes.set(nameOf(row), { ...row });
  }

  private of(key: RouteKey): RouteStats {
    const name = nameOf(key);
    const known = this.routes.get(name);
    if (known !== undefined) return known;
    const stats = newRoute(key.level, key.route);
    this.routes.set(name, stats);
    return stats;
  }
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
