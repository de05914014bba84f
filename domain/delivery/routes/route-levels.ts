import { haversineKm } from '../geo.ts';
import type { Place } from '../milestone.ts';

/** From the exact route to all routes together. */
export const ROUTE_LEVELS = ['zip', 'city', 'state', 'distance', 'all'] as const;
export type RouteLevel = (typeof ROUTE_LEVELS)[number];

/** With about as many routes as orders: of a large shop they are more than memory holds. */
export const FINE_LEVELS: ReadonlySet<RouteLevel> = new Set(['zip', 'city']);

/** A route by one of its levels, as it is named in `route_stats`. */
export interface RouteKey {
  level: RouteLevel;
  route: string;
}

export interface RouteEnds {
  from: Place;
  to: Place;
  category: string | null;
}

/** Upper ends of the distance bands, in kilometres. */
const BANDS_KM = [25, 50, 100, 200, 400, 700, 1000, 1500, 2000, 2500] as const;

/** The levels a route belongs to, the finest first. A level whose places are not known is left out; `all` never is. */
export function routeKeys({ from, to, category }: RouteEnds): RouteKey[] {
  const keys: RouteKey[] = [];
  const add = (level: RouteLevel, a: string | null, b: string | null, suffix = '') => {
    if (a !== null && b !== null) keys.push({ level, route: `${a}>${b}${suffix}` });
  };
  add('zip', from.zip, to.zip, ` ${category ?? '-'}`);
  add('city', cityOf(from), cityOf(to));
  add('state', from.state, to.state);
  const distanceKm = haversineKm(from, to);
  if (distanceKm !== null) keys.push({ level: 'distance', route: distanceBand(distanceKm) });
  keys.push({ level: 'all', route: '*' });
  return keys;
}

/** "100-200 km"; a distance belongs to the band that begins with it. */
function distanceBand(distanceKm: number): string {
  const index = BANDS_KM.findIndex((end) => distanceKm < end);
  if (index === -1) return `${BANDS_KM.at(-1)}+ km`;
  return `${index === 0 ? 0 : BANDS_KM[index - 1]}-${BANDS_KM[index]} km`;
}

/** Two states may have a city of the same name. */
function cityOf({ city, state }: Place): string | null {
  return city === null ? null : `${city} ${state ?? '-'}`;
}
